// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.kill;

/** Colours to tell forks apart by; the one that died first has one of its own. */
final class ForkColours {
  private static final String VICTIM = "#d4551c";
  private static final String[] OTHERS = {
    "#3d72c4", "#2b8a8a", "#a5852a", "#8659b5", "#5b9a4a", "#b5488f", "#64748b", "#b98a5e"
  };

  /** Of all that have none. */
  static final String OF_OTHERS = "#8a97a6";

  private ForkColours() {}

  /**
   * A colour.
   *
   * @param position 0 for the victim
   */
  static String of(int position) {
    return position == 0 ? VICTIM : OTHERS[(position - 1) % OTHERS.length];
  }
}
