// SPDX-License-Identifier: Apache-2.0
package io.memreport.fuzz;

import static io.memreport.recorder.box.BoxLayout.*;

import io.memreport.recorder.box.BoxCheck;
import io.memreport.recorder.box.BoxStatus;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Changes entries of a black box and seals them again, so that no check protects the reader. */
final class BoxMutator {
  private final ByteBuffer box;
  private final Random random;
  private final Mutator mutator;

  private BoxMutator(byte[] bytes, Random random) {
    box = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.random = random;
    mutator = new Mutator(random);
  }

  static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    BoxMutator mutator = new BoxMutator(bytes, random);
    for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
      mutator.change();
    }
    if (random.nextInt(8) > 0) {
      mutator.seal();
    }
    return bytes;
  }

  private void change() {
    switch (random.nextInt(6)) {
      case 0 -> word(0, FACTS_TEXT + 64);
      case 1 -> word(SAMPLES_AT + (1 + random.nextInt(3)) * SAMPLE_SIZE, SAMPLE_SIZE);
      case 2 -> word(THREADS_AT, THREAD_SIZE);
      case 3 -> word(ENDS_AT + (1 + random.nextInt(2)) * END_SIZE, END_SIZE);
      case 4 -> word(TESTS_AT + random.nextInt(3) * TEST_SIZE, 128);
      default -> word(SQL_AT, 128);
    }
  }

  private void word(int from, int length) {
    int at = from + 8 * random.nextInt(length / 8);
    if (random.nextInt(3) == 0) {
      box.putInt(at + 4 * random.nextInt(2), (int) mutator.extreme());
    } else {
      box.putLong(at, mutator.extreme());
    }
  }

  private void seal() {
    box.putLong(MAGIC_AT, MAGIC);
    box.putInt(VERSION_AT, VERSION);
    box.putLong(HEADER_CHECK, BoxCheck.of(box, VERSION_AT, HEADER_CHECK));
    for (int slot = 0; slot < 4; slot++) {
      sealed(SAMPLES_AT + slot * SAMPLE_SIZE, SAMPLE_CHECK);
      sealed(ENDS_AT + slot * END_SIZE, END_CHECK);
      sealed(SQL_AT + slot * SQL_SIZE, SQL_CHECK);
      int test = TESTS_AT + slot * TEST_SIZE;
      sealed(test, TEST_CHECK);
      BoxStatus[] all = BoxStatus.values();
      BoxStatus status = all[random.nextInt(all.length)];
      long nanos = status == BoxStatus.RUNNING ? 0 : box.getLong(test + TEST_NANOS);
      box.putLong(test + TEST_STATE, BoxCheck.state(box.getLong(test + TEST_ID), status, nanos));
    }
    long id = box.getLong(THREADS_AT + THREAD_JAVA_ID);
    box.putLong(THREADS_AT + THREAD_CHECK, BoxCheck.ofThread(box, THREADS_AT, id));
    for (int turn = 0; turn < 2; turn++) {
      int work = THREADS_AT + THREAD_WORK + turn * WORK_SIZE;
      box.putLong(work + WORK_CHECK, BoxCheck.ofWork(box, work, id));
    }
  }

  private void sealed(int at, int check) {
    box.putLong(at + check, BoxCheck.of(box, at, at + check));
  }
}
