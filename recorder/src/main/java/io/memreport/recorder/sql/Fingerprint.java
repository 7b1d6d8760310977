// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.sql;

/**
 * Takes out of an SQL text what it says of anybody, one thread's reusable buffer at a time.
 *
 * <p>Strings, blobs and numbers become {@code ?}; comments go; white space becomes one blank; lists
 * of literals become one. Parameters stay as written. What may be a literal in the text's dialect
 * is taken for one, and so is what may be a password or a key though it is written as a word: see
 * {@link StatementContext}. Where it can't be told where a literal ends, all the rest goes.
 */
public final class Fingerprint {
  /** The highest number of a parameter that SQLite and PostgreSQL allow has so many digits. */
  private static final int PARAMETER_DIGITS = 5;

  private static final byte START = 1;
  private static final byte PART = 2;

  /** What ASCII characters can be in a word; all others belong to words. */
  private static final byte[] WORD = wordCharacters();

  private final SqlBuffer out = new SqlBuffer();
  private final ListFolding lists = new ListFolding(out);
  private final StatementContext context = new StatementContext();
  private Dialect dialect;
  private String in;
  private int at;
  private int end;

  /** Where the last name of a PRAGMA stands. */
  private int nameStart;

  private int nameEnd;

  /** Reads an SQL text; {@link #hash} and {@link #text} then tell of it. */
  public Fingerprint read(String sql, Dialect of) {
    dialect = of;
    in = sql;
    at = 0;
    end = sql.length();
    out.clear();
    lists.clear();
    context.begin();
    nameStart = 0;
    nameEnd = 0;
    while (at < end && !out.truncated) {
      token(in.charAt(at));
    }
    in = null;
    out.strip();
    return this;
  }

  /** Takes an SQL text as it is, up to the longest that is kept. */
  public Fingerprint copy(String sql) {
    out.set(sql);
    return this;
  }

  /** A hash of the text, the same in every run; positive, and greater than 1. */
  public long hash() {
    return out.hash();
  }

  /** What is left of the text. */
  public String text() {
    return out.toString();
  }

  private void token(char c) {
    if (c == '\'') {
      string();
    } else if (c <= ' ') {
      at++;
      blank();
    } else if (c >= 0x80 && isQuote(c)) {
      dropRest();
    } else if (isWordStart(c)) {
      word();
    } else if (isDigit(c)
        || (c == '.' && at + 1 < end && isDigit(in.charAt(at + 1)) && !inName())) {
      number();
    } else if (c == '"') {
      quoted();
    } else if (c == '`' || c == '[' && dialect.brackets) {
      enclosed(c == '[' ? ']' : '`');
    } else if (c == '-' && next('-')) {
      skipLine();
    } else if (c == '/' && next('*')) {
      skipComment();
    } else if (c == '#' && hashBeginsComment()) {
      skipLine();
    } else if (c == '?' || c == ':' || c == '@' || c == '$') {
      parameter(c);
    } else if (c == ';') {
      semicolon();
    } else {
      punctuation(c);
    }
  }

  private boolean next(char c) {
    return at + 1 < end && in.charAt(at + 1) == c;
  }

  private void blank() {
    if (at < end && in.charAt(at) > ' ' && in.charAt(at) != '.') {
      context.blank();
    }
    out.blank();
  }

  /** Behind a name and a point comes a name. */
  private boolean inName() {
    return at > 0 && (isWordPart(in.charAt(at - 1)) || "\"]`".indexOf(in.charAt(at - 1)) >= 0);
  }

  /** An operator in PostgreSQL, part of a name in Oracle and SQL Server. */
  private boolean hashBeginsComment() {
    return dialect == Dialect.MYSQL || dialect == Dialect.SQLITE || dialect == Dialect.UNKNOWN;
  }

  private void word() {
    int start = at;
    while (at < end && isWordPart(in.charAt(at))) {
      at++;
    }
    if (at < end && in.charAt(at) == '\'' && prefixedString(start)) {
      return;
    }
    Keyword keyword = Keyword.find(in, start, at);
    if (context.isPragma()) {
      nameStart = start;
      nameEnd = at;
    }
    switch (context.word(keyword)) {
      case SHOW -> out.putAll(in, start, at);
      case HIDE -> literal();
      case SHOW_LAST -> {
        out.putAll(in, start, at);
        hideRest();
      }
      case HIDE_REST -> {
        literal();
        hideRest();
      }
    }
    if (keyword == Keyword.IN || keyword == Keyword.VALUES) {
      lists.keyword(keyword == Keyword.VALUES);
    }
  }

  /** A string may have its kind before it: {@code x'…'}, {@code e'…'}, {@code q'[…]'}. */
  private boolean prefixedString(int start) {
    int length = at - start;
    char prefix = Character.toLowerCase(in.charAt(at - 1));
    boolean national = length == 2 && Character.toLowerCase(in.charAt(start)) == 'n';
    if (prefix == 'q' && (length == 1 || national)) {
      oracleString();
      return true;
    }
    if (length == 1 && "xenb".indexOf(prefix) >= 0) {
      if (skipString('\'', prefix == 'e' ? backslashOfEscapeString() : backslash())) {
        literal();
      }
      return true;
    }
    return false;
  }

  /** What Oracle quotes by a character of choice: {@code q'{…}'}. */
  private void oracleString() {
    at++;
    if (at < end) {
      char open = in.charAt(at);
      char close =
          switch (open) {
            case '[' -> ']';
            case '{' -> '}';
            case '(' -> ')';
            case '<' -> '>';
            default -> open;
          };
      at = behind("" + close + '\'', at + 1);
    }
    literal();
  }

  private void string() {
    boolean escape = context.isEscape() && in.startsWith("'\\'", at);
    if (escape) {
      at += 3;
    } else if (!skipString('\'', backslash())) {
      return;
    }
    literal();
  }

  /** What a backslash in a string does. */
  private enum Backslash {
    ESCAPES,
    IS_PLAIN,
    UNSURE
  }

  private Backslash backslash() {
    return switch (dialect) {
      case MYSQL -> Backslash.ESCAPES;
      case UNKNOWN -> Backslash.UNSURE;
      default -> Backslash.IS_PLAIN;
    };
  }

  /** In PostgreSQL's {@code e'…'}, which DuckDB has too. */
  private Backslash backslashOfEscapeString() {
    return switch (dialect) {
      case MYSQL, POSTGRESQL, STANDARD -> Backslash.ESCAPES;
      default -> Backslash.UNSURE;
    };
  }

  private void quoted() {
    boolean name =
        switch (dialect.quotes) {
          case NAME -> true;
          case STRING -> false;
          case UNSURE -> context.mustBeName(out.last()) || precedesPoint();
        };
    if (name) {
      enclosed('"');
    } else if (skipString('"', backslash())) {
      literal();
    }
  }

  /** Whether the quoted text is followed by a point, as the name of a table before its column. */
  private boolean precedesPoint() {
    int close = in.indexOf('"', at + 1);
    while (close >= 0 && close + 1 < end && in.charAt(close + 1) == '"') {
      close = in.indexOf('"', close + 2);
    }
    return close >= 0 && close + 1 < end && in.charAt(close + 1) == '.';
  }

  /** A name in quotes: shown if it looks like one. */
  private void enclosed(char close) {
    int start = at;
    int to = in.indexOf(close, at + 1);
    boolean plain = to > at + 1;
    for (int i = at + 1; plain && i < to; i++) {
      char c = in.charAt(i);
      plain = isWordPart(c) || i > at + 1 && (c == ' ' || c == '-' || c == '.');
    }
    plain = plain && !isDigit(in.charAt(at + 1));
    if (!plain) {
      if (close == ']'
          && dialect == Dialect.UNKNOWN
          && at + 1 < end
          && isDigit(in.charAt(at + 1))) {
        // No name: an index of an array, in a dialect that has them.
        punctuation('[');
        return;
      }
      at = to < 0 ? end : to + 1;
      literal();
      return;
    }
    at = to + 1;
    if (context.isPragma()) {
      nameStart = start + 1;
      nameEnd = to;
    }
    if (context.beginsStatement()) {
      literal();
      hideRest();
      return;
    }
    context.name();
    out.putAll(in, start, at);
  }

  private void literal() {
    context.literal();
    out.put('?');
  }

  private void number() {
    while (at < end) {
      char c = in.charAt(at);
      boolean exponentSign =
          (c == '-' || c == '+') && (in.charAt(at - 1) == 'e' || in.charAt(at - 1) == 'E');
      if (!isWordPart(c) && c != '.' && !exponentSign) {
        break;
      }
      at++;
    }
    literal();
  }

  private void parameter(char c) {
    if (c == '$' && dollarQuoted()) {
      literal();
      return;
    }
    int start = at++;
    while (at < end && isWordPart(in.charAt(at))) {
      at++;
    }
    boolean numbered = at > start + 1 && isDigit(in.charAt(start + 1));
    boolean money =
        numbered
            && (at - start - 1 > PARAMETER_DIGITS
                || at < end && in.charAt(at) == '.'
                || dialect == Dialect.SQL_SERVER && c == '$');
    if (money) {
      number();
      return;
    }
    context.literal();
    out.putAll(in, start, at);
  }

  /** PostgreSQL's {@code $tag$ … $tag$}. */
  private boolean dollarQuoted() {
    int tagEnd = at + 1;
    while (tagEnd < end && isWordPart(in.charAt(tagEnd)) && in.charAt(tagEnd) != '$') {
      tagEnd++;
    }
    boolean quotes =
        tagEnd < end
            && in.charAt(tagEnd) == '$'
            && (tagEnd == at + 1 || !isDigit(in.charAt(at + 1)));
    if (quotes) {
      at = behind(in.substring(at, tagEnd + 1), tagEnd + 1);
    }
    return quotes;
  }

  /** Where this text has ended, the next time that it comes. */
  private int behind(String close, int from) {
    int found = in.indexOf(close, from);
    return found < 0 ? end : found + close.length();
  }

  /**
   * Skips a string; false if nobody knows where it ends, and all the rest went.
   *
   * @param backslash whether a backslash escapes the next character
   */
  private boolean skipString(char quote, Backslash backslash) {
    at = in.indexOf(quote, at) + 1;
    while (at < end) {
      char c = in.charAt(at++);
      if (c == '\\' && backslash == Backslash.ESCAPES) {
        at++;
      } else if (c == '\\' && backslash == Backslash.UNSURE && at < end && in.charAt(at) == quote) {
        literal();
        dropRest();
        return false;
      } else if (c == quote) {
        if (at < end && in.charAt(at) == quote) {
          at++;
        } else {
          return true;
        }
      }
    }
    at = end;
    return true;
  }

  private void skipLine() {
    int newline = at;
    while (newline < end && in.charAt(newline) != '\n' && in.charAt(newline) != '\r') {
      newline++;
    }
    at = Math.min(end, newline + 1);
    out.blank();
  }

  /** Comments lie within each other in some dialects; where they do not, less is shown. */
  private void skipComment() {
    int depth = 0;
    while (at < end) {
      if (in.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (in.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          break;
        }
      } else {
        at++;
      }
    }
    blank();
  }

  private void semicolon() {
    at++;
    if (context.isCopyData()) {
      dropRest();
      return;
    }
    out.muted = false;
    out.put(';');
    lists.clear();
    context.begin();
  }

  private void punctuation(char c) {
    at++;
    if (context.isPragma() && (c == '=' || c == '(')) {
      pragmaValue(c);
      return;
    }
    if (c == '(') {
      lists.opens();
    }
    out.put(c);
    boolean valuesFollow = context.punctuation(c);
    if (c == ')') {
      lists.closed();
    }
    if (valuesFollow) {
      hideRest();
    }
  }

  /** The value of a setting that is known to be none is shown if it is one word. */
  private void pragmaValue(char opens) {
    out.put(opens);
    boolean known =
        nameEnd > nameStart && SettingNames.isRecorded(in.substring(nameStart, nameEnd));
    int from = at;
    while (from < end && in.charAt(from) == ' ') {
      from++;
    }
    int to = from;
    while (to < end && isWordPart(in.charAt(to))) {
      to++;
    }
    if (from > at) {
      out.blank();
    }
    if (known && to > from && !isDigit(in.charAt(from))) {
      out.putAll(in, from, to);
    } else {
      out.put('?');
    }
    if (opens == '(') {
      out.put(')');
    }
    out.muted = true;
  }

  /** Shows that there is more in this statement, and no more of it. */
  private void hideRest() {
    int from = at;
    while (from < end && in.charAt(from) <= ' ') {
      from++;
    }
    if (from < end && in.charAt(from) != ';' && out.last() != '?') {
      out.blank();
      out.put('?');
    }
    out.muted = true;
  }

  private void dropRest() {
    at = end;
  }

  /** Quotation marks of books, which no dialect reads: nobody knows what they enclose. */
  private static boolean isQuote(char c) {
    int type = Character.getType(c);
    return type == Character.INITIAL_QUOTE_PUNCTUATION
        || type == Character.FINAL_QUOTE_PUNCTUATION
        || c == '\u201A'
        || c == '\u201E'
        || c == '\u02BC'
        || c == '\uFF02'
        || c == '\uFF07'
        || c == '\u2032'
        || c == '\u2033'
        || c == '\u00B4';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordStart(char c) {
    return c >= 0x80 || (WORD[c] & START) != 0;
  }

  private static boolean isWordPart(char c) {
    return c >= 0x80 ? !isQuote(c) : WORD[c] != 0;
  }

  private static byte[] wordCharacters() {
    byte[] word = new byte[0x80];
    for (char c = 0; c < word.length; c++) {
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      word[c] = letter ? START | PART : isDigit(c) || c == '$' ? PART : 0;
    }
    return word;
  }
}
