// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.scope.Pragmas;
import io.memreport.recorder.sql.Dialect;
import io.memreport.recorder.sql.Fingerprint;
import io.memreport.recorder.sql.SettingNames;
import io.memreport.recorder.text.Watch;
import io.memreport.recorder.text.Watch.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SQL that a pool runs on each new connection, fit to be recorded.
 *
 * @param text without literals, but for the values of known PRAGMAs; null if there is none
 * @param statements the most that one text holds, {@link MemreportEvent#UNKNOWN} if that depends on
 *     the dialect
 */
public record InitSql(String text, long statements) {
  /** No SQL is run. */
  public static final InitSql NONE = new InitSql(null, 0);

  private static final String NOT_RECORDED = "(not recorded: sql=off)";
  private static final int MAX_LENGTH = 1024;

  /** Where a statement ends depends on the dialect: escapes, dollar quotes, bodies of triggers. */
  private static final Pattern AMBIGUOUS = Pattern.compile("[\\\\$]|(?i:\\btrigger\\b)");

  private static final Pattern PRAGMA = Pattern.compile("(?is)pragma\\s+([\\w.]+)\\s*(.*)");

  /** A number or a keyword, perhaps in quotes. */
  private static final Pattern VALUE =
      Pattern.compile("[=(]\\s*['\"]?([\\w.+-]{1,64})['\"]?\\s*\\)?");

  /**
   * Reads texts that are run one by one.
   *
   * @param texts those that are null or blank are not run
   */
  public static InitSql of(List<String> texts) {
    List<String> all =
        texts.stream().filter(Objects::nonNull).filter(text -> !text.isBlank()).toList();
    if (all.isEmpty()) {
      return NONE;
    }
    List<String> recorded = new ArrayList<>();
    long most = 0;
    for (String text : all) {
      if (AMBIGUOUS.matcher(text).find()) {
        recorded.add("(not recorded: dialect)");
        most = MemreportEvent.UNKNOWN;
        continue;
      }
      List<String> statements = SqlScript.statements(text);
      most = most == MemreportEvent.UNKNOWN ? most : Math.max(most, statements.size());
      statements.forEach(statement -> recorded.add(recorded(statement)));
    }
    SqlText mode = Watch.current().sql();
    String shown =
        switch (mode) {
          case OFF -> NOT_RECORDED;
          case RAW -> String.join("; ", all);
          case FINGERPRINT -> String.join("; ", recorded);
        };
    return new InitSql(
        shown.length() <= MAX_LENGTH ? shown : shown.substring(0, MAX_LENGTH) + "…", most);
  }

  private static String recorded(String statement) {
    if (!Pragmas.mayHold(statement)) {
      return new Fingerprint().read(statement, Dialect.UNKNOWN).text();
    }
    Matcher pragma = PRAGMA.matcher(statement);
    if (!pragma.matches()) {
      return "PRAGMA ?";
    }
    String name = pragma.group(1);
    String rest = pragma.group(2);
    if (rest.isEmpty()) {
      return "PRAGMA " + name;
    }
    Matcher value = VALUE.matcher(rest);
    boolean known = SettingNames.isRecorded(name) && value.matches();
    return "PRAGMA " + name + " = " + (known ? value.group(1) : "?");
  }
}
