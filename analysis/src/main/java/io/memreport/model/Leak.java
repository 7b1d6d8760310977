// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import java.time.Instant;

/** Something that a test left behind. */
public record Leak(String type, String description, Long bytes, Instant createdAt) {}
