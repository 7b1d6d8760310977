// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.sql;

import java.util.Locale;

/** Words of SQL that tell what may stand behind them. */
enum Keyword {
  ABORT(Role.BEGINS),
  ALTER(Role.BEGINS),
  ANALYZE(Role.BEGINS),
  AS(Role.INNER),
  ATTACH(Role.BEGINS),
  AUTHORIZATION(Role.INNER),
  BACKUP(Role.OPAQUE),
  BEGIN(Role.BEGINS),
  BY(Role.INNER),
  CALL(Role.BEGINS),
  CHECK(Role.BEGINS),
  CHECKPOINT(Role.BEGINS),
  CLOSE(Role.BEGINS),
  CLUSTER(Role.BEGINS),
  COLLATE(Role.INNER),
  COLUMN(Role.INNER),
  COMMENT(Role.BEGINS),
  COMMIT(Role.BEGINS),
  CONNECT(Role.OPAQUE),
  COPY(Role.BEGINS),
  CREATE(Role.BEGINS),
  DATABASE(Role.INNER),
  DEALLOCATE(Role.BEGINS),
  DECLARE(Role.BEGINS),
  DELETE(Role.BEGINS),
  DESC(Role.BEGINS),
  DESCRIBE(Role.BEGINS),
  DETACH(Role.BEGINS),
  DISCARD(Role.BEGINS),
  DISCONNECT(Role.BEGINS),
  DO(Role.BEGINS),
  DROP(Role.BEGINS),
  ELSE(Role.BEGINS),
  END(Role.BEGINS),
  ESCAPE(Role.INNER),
  EXEC(Role.BEGINS),
  EXECUTE(Role.BEGINS),
  EXISTS(Role.INNER),
  EXPLAIN(Role.BEGINS),
  EXPORT(Role.OPAQUE),
  FETCH(Role.BEGINS),
  FLUSH(Role.OPAQUE),
  FROM(Role.BEGINS),
  FUNCTION(Role.INNER),
  GRANT(Role.BEGINS),
  IDENTIFIED(Role.INNER),
  IF(Role.BEGINS),
  IMPORT(Role.OPAQUE),
  IN(Role.INNER),
  INDEX(Role.INNER),
  INSERT(Role.BEGINS),
  INSTALL(Role.OPAQUE),
  INTO(Role.INNER),
  JOIN(Role.INNER),
  KEY(Role.INNER),
  KILL(Role.OPAQUE),
  LISTEN(Role.OPAQUE),
  LOAD(Role.OPAQUE),
  LOCK(Role.BEGINS),
  LOOP(Role.BEGINS),
  MERGE(Role.BEGINS),
  MOVE(Role.BEGINS),
  NAMES(Role.INNER),
  NOT(Role.INNER),
  NOTIFY(Role.OPAQUE),
  OPEN(Role.OPAQUE),
  OPTIMIZE(Role.BEGINS),
  PASSWORD(Role.INNER),
  PLAN(Role.BEGINS),
  PRAGMA(Role.BEGINS),
  PREPARE(Role.BEGINS),
  PRINT(Role.OPAQUE),
  PROCEDURE(Role.INNER),
  PURGE(Role.OPAQUE),
  QUERY(Role.BEGINS),
  REFERENCES(Role.INNER),
  REFRESH(Role.BEGINS),
  REINDEX(Role.BEGINS),
  RELEASE(Role.BEGINS),
  RENAME(Role.BEGINS),
  REPAIR(Role.BEGINS),
  REPLACE(Role.BEGINS),
  RESET(Role.BEGINS),
  RESTORE(Role.OPAQUE),
  RETURN(Role.BEGINS),
  REVOKE(Role.BEGINS),
  ROLE(Role.INNER),
  ROLLBACK(Role.BEGINS),
  RUNSCRIPT(Role.OPAQUE),
  SAVEPOINT(Role.BEGINS),
  SCRIPT(Role.OPAQUE),
  SELECT(Role.BEGINS),
  SET(Role.BEGINS),
  SHOW(Role.BEGINS),
  SHUTDOWN(Role.OPAQUE),
  START(Role.BEGINS),
  STDIN(Role.INNER),
  SUMMARIZE(Role.BEGINS),
  TABLE(Role.BEGINS),
  TO(Role.INNER),
  TRIGGER(Role.INNER),
  TRUNCATE(Role.BEGINS),
  UNIQUE(Role.INNER),
  UNLISTEN(Role.OPAQUE),
  UNLOCK(Role.BEGINS),
  UPDATE(Role.BEGINS),
  UPSERT(Role.BEGINS),
  USE(Role.BEGINS),
  USING(Role.INNER),
  VACUUM(Role.BEGINS),
  VALUES(Role.BEGINS),
  VIEW(Role.INNER),
  WITH(Role.BEGINS);

  private static final int SLOTS = 512;
  private static final int LONGEST = 13;
  private static final Keyword[] TABLE_OF_ALL = new Keyword[SLOTS];

  static {
    for (Keyword keyword : values()) {
      String word = keyword.lowerCase;
      int slot = hash(word, 0, word.length());
      while (TABLE_OF_ALL[slot] != null) {
        slot = (slot + 1) % SLOTS;
      }
      TABLE_OF_ALL[slot] = keyword;
    }
  }

  /** What a word may be in a statement. */
  enum Role {
    /** No statement begins with it. */
    INNER,
    BEGINS,
    /** A statement begins with it, of which nothing more is shown. */
    OPAQUE
  }

  final Role role;

  private final String lowerCase = name().toLowerCase(Locale.ROOT);

  Keyword(Role role) {
    this.role = role;
  }

  /** The keyword in this part of a text, in whatever case; null for any other word. */
  static Keyword find(String in, int from, int to) {
    if (to - from > LONGEST) {
      return null;
    }
    for (int slot = hash(in, from, to); ; slot = (slot + 1) % SLOTS) {
      Keyword found = TABLE_OF_ALL[slot];
      if (found == null
          || found.lowerCase.length() == to - from
              && in.regionMatches(true, from, found.lowerCase, 0, to - from)) {
        return found;
      }
    }
  }

  private static int hash(String in, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      // Letters of ASCII differ in this bit only by their case.
      hash = 31 * hash + (in.charAt(i) | 0x20);
    }
    return (hash ^ hash >>> 9) & (SLOTS - 1);
  }
}
