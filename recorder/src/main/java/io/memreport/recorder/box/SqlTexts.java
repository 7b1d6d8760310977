// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import static io.memreport.recorder.box.BoxLayout.SQLS;
import static io.memreport.recorder.box.BoxLayout.SQL_AT;
import static io.memreport.recorder.box.BoxLayout.SQL_CHECK;
import static io.memreport.recorder.box.BoxLayout.SQL_DROPPED;
import static io.memreport.recorder.box.BoxLayout.SQL_FULL_LENGTH;
import static io.memreport.recorder.box.BoxLayout.SQL_ID;
import static io.memreport.recorder.box.BoxLayout.SQL_LENGTH;
import static io.memreport.recorder.box.BoxLayout.SQL_ROOM;
import static io.memreport.recorder.box.BoxLayout.SQL_SIZE;
import static io.memreport.recorder.box.BoxLayout.SQL_TEXT;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The SQL texts, as they are recorded: each is added once, when it is first used. */
final class SqlTexts {
  private final ByteBuffer box;
  private int size;

  SqlTexts(ByteBuffer box) {
    this.box = box;
  }

  synchronized void add(long id, String text) {
    if (size >= SQLS) {
      box.putLong(SQL_DROPPED, ++size - SQLS);
      return;
    }
    int at = SQL_AT + size++ * SQL_SIZE;
    byte[] bytes = BoxText.cut(text, SQL_ROOM);
    box.putLong(at + SQL_ID, id);
    box.putInt(at + SQL_LENGTH, bytes.length);
    box.putInt(at + SQL_FULL_LENGTH, text.getBytes(StandardCharsets.UTF_8).length);
    box.put(at + SQL_TEXT, bytes);
    long check = BoxCheck.of(box, at, at + SQL_CHECK);
    VarHandle.releaseFence();
    box.putLong(at + SQL_CHECK, check);
  }
}
