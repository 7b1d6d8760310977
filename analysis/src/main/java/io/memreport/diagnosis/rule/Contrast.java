// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.rule;

/**
 * Code or settings that a finding is about, and the same as they should be.
 *
 * @param language of both, as Markdown names it
 */
public record Contrast(String language, String bad, String good) {
  public static Contrast java(String bad, String good) {
    return new Contrast("java", bad, good);
  }

  public static Contrast shell(String bad, String good) {
    return new Contrast("sh", bad, good);
  }

  public static Contrast sql(String bad, String good) {
    return new Contrast("sql", bad, good);
  }

  public static Contrast xml(String bad, String good) {
    return new Contrast("xml", bad, good);
  }
}
