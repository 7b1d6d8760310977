// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.sql;

/**
 * Where in a statement a token stands: whether a word may be shown there, and whether text in
 * double quotes must be a name. Passwords and keys can be plain words: behind {@code IDENTIFIED
 * BY}, {@code PRAGMA key =}, {@code ATTACH … KEY}, as arguments of a procedure.
 */
final class StatementContext {
  private enum Kind {
    /** Nothing was said yet. */
    NONE,
    PLAIN,
    PRAGMA,
    ATTACH,
    SET,
    CREATE,
    ALTER,
    UPDATE,
    EXECUTE,
    EXECUTE_ARGUMENTS,
    COPY,
    COPY_DATA
  }

  private Kind kind;

  /** The word before, if it is one that matters; null behind anything else. */
  private Keyword last;

  /** What stands in parentheses behind EXPLAIN are its options. */
  private boolean explains;

  private int depth;

  /** Of a statement that defines what has columns: no user, whose password it could set. */
  private boolean hasColumns;

  private boolean identified;

  /** The next parenthesis holds names of columns, if at most one name stands before it. */
  private boolean namesNext;

  private boolean namedOnce;
  private boolean behindPoint;

  /** How deep that parenthesis is, or -1. */
  private int namesDepth;

  /** What is to be done with a token. */
  enum Verdict {
    SHOW,
    HIDE,
    /** Show it, and hide all that follows up to the end of the statement. */
    SHOW_LAST,
    /** Hide it, and all that follows up to the end of the statement. */
    HIDE_REST
  }

  /** A new text begins, or the statement before has ended. */
  void begin() {
    kind = Kind.NONE;
    last = null;
    explains = false;
    depth = 0;
    hasColumns = false;
    identified = false;
    namesNext = false;
    namedOnce = false;
    behindPoint = false;
    namesDepth = -1;
  }

  /** Whether nothing but the data of a COPY can follow. */
  boolean isCopyData() {
    return kind == Kind.COPY_DATA;
  }

  /** Whether a value of a PRAGMA comes next, if an equals sign or a parenthesis opens it. */
  boolean isPragma() {
    return kind == Kind.PRAGMA;
  }

  /** A word that is no string; null for one that is not among the keywords. */
  Verdict word(Keyword word) {
    Verdict verdict = kind == Kind.NONE ? first(word) : further(word);
    if (word != null) {
      keyword(word);
    } else if (!behindPoint) {
      namesNext &= !namedOnce;
      namedOnce = true;
    }
    behindPoint = false;
    last = word;
    return verdict;
  }

  private Verdict first(Keyword word) {
    if (explains && depth > 0) {
      return Verdict.SHOW;
    }
    if (word == null || word.role == Keyword.Role.INNER) {
      kind = Kind.PLAIN;
      return Verdict.HIDE_REST;
    }
    if (word.role == Keyword.Role.OPAQUE) {
      kind = Kind.PLAIN;
      return Verdict.SHOW_LAST;
    }
    kind =
        switch (word) {
          case EXPLAIN, QUERY, PLAN, ANALYZE -> Kind.NONE;
          case PRAGMA -> Kind.PRAGMA;
          case ATTACH -> Kind.ATTACH;
          case SET -> Kind.SET;
          case CREATE -> Kind.CREATE;
          case ALTER -> Kind.ALTER;
          case UPDATE -> Kind.UPDATE;
          case EXEC, EXECUTE -> Kind.EXECUTE;
          case COPY -> Kind.COPY;
          default -> Kind.PLAIN;
        };
    explains |= word == Keyword.EXPLAIN;
    return Verdict.SHOW;
  }

  private Verdict further(Keyword word) {
    if (identified) {
      identified = false;
      return word == Keyword.BY || word == Keyword.WITH ? Verdict.SHOW_LAST : Verdict.SHOW;
    }
    identified = word == Keyword.IDENTIFIED;
    return switch (kind) {
      case ATTACH -> attach(word);
      case SET -> set(word);
      case CREATE, ALTER -> define(word);
      case EXECUTE_ARGUMENTS -> Verdict.HIDE;
      case COPY -> word == Keyword.STDIN ? Verdict.SHOW_LAST : Verdict.SHOW;
      case PRAGMA -> last == Keyword.PRAGMA || behindPoint ? Verdict.SHOW : Verdict.HIDE_REST;
      default -> Verdict.SHOW;
    };
  }

  private Verdict define(Keyword word) {
    if (hasColumns) {
      return Verdict.SHOW;
    }
    if (word == Keyword.SET) {
      kind = Kind.SET;
    }
    return word == Keyword.PASSWORD ? Verdict.SHOW_LAST : Verdict.SHOW;
  }

  /** SQLite takes a plain word for the name of the file, or for the key. */
  private Verdict attach(Keyword word) {
    if (word == Keyword.KEY) {
      return Verdict.SHOW_LAST;
    }
    boolean fileNext = last == Keyword.ATTACH || last == Keyword.DATABASE;
    return fileNext && word != Keyword.DATABASE ? Verdict.HIDE : Verdict.SHOW;
  }

  private static Verdict set(Keyword word) {
    if (word == null) {
      return Verdict.SHOW;
    }
    return switch (word) {
      case ROLE, AUTHORIZATION, NAMES, PASSWORD, TO -> Verdict.SHOW_LAST;
      default -> Verdict.SHOW;
    };
  }

  private void keyword(Keyword word) {
    switch (word) {
      case TABLE, VIEW, INDEX, TRIGGER, FUNCTION, PROCEDURE -> hasColumns = true;
      case STDIN -> kind = kind == Kind.COPY ? Kind.COPY_DATA : kind;
      default -> {}
    }
    switch (word) {
      case TABLE, INTO, REFERENCES, KEY, UNIQUE, USING -> {
        namesNext = true;
        namedOnce = false;
      }
      case IF, NOT, EXISTS -> {}
      default -> namesNext = false;
    }
    switch (word) {
      case SELECT, VALUES, WITH, SET -> namesDepth = -1;
      default -> {}
    }
  }

  /** Text in double quotes, brackets or the like that stands where a name does. */
  void name() {
    last = null;
    behindPoint = false;
  }

  /** A literal or a parameter. */
  void literal() {
    last = null;
    namesNext = false;
  }

  /** A blank, which ends the name of a procedure. */
  void blank() {
    if (kind == Kind.EXECUTE && last == null) {
      kind = Kind.EXECUTE_ARGUMENTS;
    }
  }

  /** Whether nothing of the statement was said yet. */
  boolean beginsStatement() {
    return kind == Kind.NONE && !explains;
  }

  /** Whether the character that escapes others in a pattern comes next. */
  boolean isEscape() {
    return last == Keyword.ESCAPE;
  }

  /** Whether the text in double quotes that comes next can be nothing but a name. */
  boolean mustBeName(char before) {
    if (before == '.') {
      return true;
    }
    if (namesDepth == depth && depth > 0 && (before == '(' || before == ',')) {
      return true;
    }
    if (kind == Kind.PRAGMA) {
      return true;
    }
    if (last == null) {
      return false;
    }
    return switch (last) {
      case FROM, JOIN, INTO, TABLE, INDEX, VIEW, TRIGGER, EXISTS, REFERENCES, AS, COLUMN, COLLATE ->
          true;
      case SAVEPOINT, RELEASE, DETACH -> true;
      case UPDATE -> kind == Kind.UPDATE;
      case SET -> kind == Kind.UPDATE;
      case TO -> kind == Kind.ALTER;
      default -> false;
    };
  }

  /**
   * An operator, a comma or the like.
   *
   * @return whether all that follows it in the statement is a value to be hidden
   */
  boolean punctuation(char c) {
    if (c == '(') {
      depth++;
      if (namesNext) {
        namesDepth = depth;
      }
      if (kind == Kind.EXECUTE) {
        kind = Kind.EXECUTE_ARGUMENTS;
      }
    } else if (c == ')') {
      if (namesDepth == depth) {
        namesDepth = -1;
      }
      depth--;
    }
    behindPoint = c == '.';
    if (!behindPoint) {
      namesNext = false;
      last = null;
    }
    return kind == Kind.SET && c == '=';
  }
}
