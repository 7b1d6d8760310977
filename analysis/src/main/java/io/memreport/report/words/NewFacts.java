// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.words;

import io.memreport.diagnosis.words.Names;
import io.memreport.model.PostMortem;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Verdict;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the evidence tells somebody who has just read the headline. */
public final class NewFacts {
  /** Names may be long and of any characters: each of these is looked at once. */
  private static final Pattern WORD = Pattern.compile("[^\\s,;:]++");

  private NewFacts() {}

  /** Its sentences without what the headline says; those that say no more are left out. */
  public static List<String> of(PostMortem postMortem) {
    String held = postMortem.kills().isEmpty() ? null : postMortem.kills().get(0).held();
    return of(postMortem.verdict(), held);
  }

  /**
   * Likewise.
   *
   * @param held what held the memory of a JVM that died, in a clause
   */
  static List<String> of(Verdict verdict, @Nullable String held) {
    return verdict.evidence().stream()
        .map(Evidence::text)
        .flatMap(text -> news(verdict.headline(), held, text))
        .toList();
  }

  /** What had its beginning cut has a new one; a name that a sentence begins with is left. */
  private static Stream<String> news(String headline, @Nullable String held, String text) {
    String behind = VerdictWords.behind(headline, text);
    String told = held != null && behind.endsWith(": " + held + ".") ? held + "." : behind;
    String left = behindStart(headline, told);
    return repeats(headline, left)
        ? Stream.empty()
        : Stream.of(left.equals(text) ? text : Names.capital(left));
  }

  private static String behindStart(String headline, String text) {
    String said = bare(headline) + "; ";
    return text.startsWith(said) ? text.substring(said.length()) : text;
  }

  private static boolean repeats(String headline, String text) {
    List<String> telling = telling(text).toList();
    return headline.contains(bare(text))
        || !telling.isEmpty() && telling(headline).toList().containsAll(telling);
  }

  private static Stream<String> telling(String text) {
    return WORD.matcher(text)
        .results()
        .map(MatchResult::group)
        .map(NewFacts::bare)
        .filter(NewFacts::isTelling);
  }

  /** Figures, and names of tests and files, which a sentence can repeat; one digit tells little. */
  private static boolean isTelling(String word) {
    return word.length() > 1
        && (word.endsWith("()")
            || word.indexOf('.') > 0
            || word.chars().anyMatch(Character::isDigit));
  }

  /** Without what ends a sentence. */
  private static String bare(String text) {
    int end = text.length();
    while (end > 0 && ".,:;".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(0, end);
  }
}
