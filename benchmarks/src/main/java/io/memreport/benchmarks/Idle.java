// SPDX-License-Identifier: Apache-2.0
package io.memreport.benchmarks;

/** A program that touches neither JDBC nor tests. */
public final class Idle {
  private Idle() {}

  /** Ends at once. */
  public static void main(String[] arguments) {}
}
