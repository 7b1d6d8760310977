// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.line;

import java.util.regex.Pattern;

/**
 * A line that has the words of a death and tells of none: source code, the rule of an alert, a
 * manual, a list of changes, the name of a test. A line with a time is that of a log, except that
 * tests have names there too.
 */
public final class Mention {
  /** How reporters of tests begin their lines. */
  private static final Pattern TEST =
      Pattern.compile(
          "[✓✔√✕✗✘×○] |(?:not )?ok \\d{1,6}\\b|\\d{1,5}\\) |--- (?:PASS|FAIL|SKIP): |=== (?:RUN|CONT|PAUSE) "
              + "|\\[ *(?:OK|RUN|PASSED|FAILED|DISABLED|SKIPPED) *\\] |(?:PASSED|FAILED|SKIPPED) |##teamcity\\[test"
              + "|<testcase |[\\w./-]{1,300}\\.py::\\w");

  /** How they end them. */
  private static final Pattern TESTED =
      Pattern.compile(
          " > .{1,300} (?:PASSED|FAILED|SKIPPED|STARTED)$"
              + "|(?:-- |─ ).{1,300}(?:\\[OK\\]|\\[S\\]|✔|✘|↷)$");

  /**
   * How code begins: a statement, a call, a literal on a line of its own; what grep and diff show
   * of it; what Prometheus is asked; what people ask, and how they list changes.
   */
  private static final Pattern BEGINNING =
      Pattern.compile(
          "(?:(?:\\} )?else if|if|elif|while|for|switch|case|when|return|throw|raise|assert\\w{0,30}|expect|func|def"
              + "|var|let|const|val|final|public|private|protected|static|echo|printf|print|puts)\\b[ (.].{0,300}?[\"'`(]"
              + "|(?:[a-z_]|[A-Z]\\w{0,60}\\.)[\\w.]{0,100}\\((?!.{0,400}\\) += ).{0,300}[\"'`].{0,300}\\)(?:[;,:]| \\{)?$"
              + "|[\\w.<>\\[\\] ]{1,120} :?= [bfr]?[\"'`].{1,600}[\"'`]\\)?[;,]?$"
              + "|\\S{1,60} (?:-> [\"'`]|=> [\\w!]{1,30}\\()"
              + "|\\{(?:\\w{1,40}: |\"[^\"]{0,300}\", )|\"[^\"]{0,100}\": ?[{\\[]\"[^\"]{0,300}\","
              + "|[bfr]?(?:\"(?:[^\"\\\\]++|\\\\.)*+\"|'[^']*+')(?:,|\\)+[;,]*|;| \\\\)?(?<![\"'])$"
              + "|\"(?:[^\"\\\\]++|\\\\.)*+\"(?:, [\"\\w]| \\+)"
              + "|\\+ [\"'`]|(?:&&|\\|\\|) \\S"
              + "|[\\w.<>\\[\\] ]{1,80} :?= [\\w.]{1,80}\\("
              + "|/\\*|//|<!--"
              + "|[\\w./-]{3,200}\\.\\w{1,8}:\\d{1,6}: {2,40}\\S"
              + "|[+-] {2,40}\\S"
              + "|(?:expr|query): "
              + "|(?:Why|How|What|Does|Is|Can) .{1,300}\\?$"
              + "|[-*+] (?:Fix(?:ed|es)?|Add(?:ed|s)?|Handle[ds]?|Retry|Do|Don't|Shows?|Reports?|Changed?|Removed?"
              + "|Improved?)\\b"
              + "|[0-9a-f]{7,40} (?:(?!Exited|Killed|Error)[A-Z][a-z]{1,20} |[a-z]{2,12}(?:\\([\\w-]{1,30}\\))?!?: )");

  /** A directive of printf, a template, a comparison of a metric; a font of its own in a manual. */
  private static final Pattern WITHIN =
      Pattern.compile(
          "(?<!\\d)%[#+]?[sdvq]\\b|\\{\\{(?!(?:function_)?node ) ?[-$.\\w]|=~?\"OOMKilled\"\\}? ?(?:[=!<>]=|[<>\\[)])"
              + "|`[^`]{0,80}(?:OOMKilled|Killed process|\\b1(?:37|43)\\b|OutOfMemoryError)[^`]{0,80}`");

  /** A setting of the kernel, whose panic names it without a value. */
  private static final Pattern SETTING = Pattern.compile("\\bpanic_on_oom ?=");

  /** A sentence of a person that quotes a kill, within whatever log. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "[a-z]{2,40} [a-z]{2,40} [\"'`\u201c\u2018\u00ab](?:Memory cgroup out of memory: |Out of memory: )?Kill");

  /** No line of code is longer. */
  private static final int LONGEST = 2000;

  private Mention() {}

  /** Whether the line only speaks of what it names. */
  public static boolean is(LogLine line) {
    String text = line.text();
    boolean logged = line.time() != null || line.writerPid() != null;
    return text.length() <= LONGEST
        && (TEST.matcher(text).lookingAt()
            || TESTED.matcher(text).find()
            || SETTING.matcher(text).find()
            || QUOTED.matcher(text).find()
            || !logged && (BEGINNING.matcher(text).lookingAt() || WITHIN.matcher(text).find()));
  }
}
