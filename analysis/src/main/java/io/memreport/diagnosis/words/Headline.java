// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.words;

import java.util.regex.Pattern;

/**
 * One clause of at most 90 characters that says who did what: what does not fit is left to the
 * evidence.
 */
public final class Headline {
  public static final int LONGEST = 90;

  /** A name that is cut to less tells nobody who it is. */
  private static final int SHORTEST_NAME = 24;

  /** The end of a clause that only adds to it. */
  private static final Pattern ADDITION =
      Pattern.compile("(?:; | \\(|, | after its end| for |: )[^;(,:]*[)]?$");

  private Headline() {}

  /**
   * Such a sentence, with its full stop.
   *
   * @param before what it begins with, as {@code The kernel killed the JVM at 256 MiB: }; or empty
   * @param subject a name, which is cut if all else is as short as it can be
   * @param clause what it did, of which additions go first
   * @param more of how many others the same is said
   */
  public static String of(String before, String subject, String clause, int more) {
    String others = more == 0 ? "" : " (+" + more + " more)";
    String said = clause;
    while (length(before, subject, said, others) > LONGEST) {
      String shorter = ADDITION.matcher(said).replaceFirst("");
      if (shorter.equals(said) || shorter.isBlank()) {
        break;
      }
      said = shorter;
    }
    String name = subject;
    if (length(before, name, said, others) > LONGEST) {
      name = withoutClass(name);
    }
    int room = LONGEST - length(before, "", said, others);
    name = Names.shown(name, Math.max(SHORTEST_NAME, room - 1));
    String sentence = before + name + " " + said + others;
    return Names.shown(sentence, LONGEST - 1) + (sentence.length() < LONGEST ? "." : "");
  }

  /** A sentence of clauses, of which those behind go that do not fit. */
  public static String cut(String sentence) {
    String said = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    for (int end = end(said); said.length() >= LONGEST && end > 0; end = end(said)) {
      said = said.substring(0, end);
    }
    return said.length() >= LONGEST ? Names.shown(said, LONGEST - 1) : said + ".";
  }

  /** Where the last clause begins. */
  private static int end(String said) {
    return Math.max(
        said.lastIndexOf("; "), Math.max(said.lastIndexOf(", "), said.lastIndexOf(": ")));
  }

  private static int length(String before, String subject, String clause, String others) {
    return before.length() + subject.length() + clause.length() + others.length() + 2;
  }

  /** A method without the class before it. */
  private static String withoutClass(String name) {
    int dot = name.indexOf('.');
    boolean method = dot > 0 && dot < name.length() - 1 && name.indexOf(' ') < 0;
    return method ? name.substring(dot + 1) : name;
  }
}
