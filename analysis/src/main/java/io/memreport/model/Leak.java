// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import java.time.Instant;

/** Something that a test left behind. */
public record Leak(String type, String description, Long bytes, Instant createdAt) {
  /** What holds Java objects that JFR found no other reference to. */
  public static final String HELD_WEAKLY = "soft or weak references only";
}
