// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

/** One shared-memory segment. */
public record Segment(
    String kind,
    String id,
    Long bytes,
    Long creatorPid,
    Long attached,
    String state,
    String test) {}
