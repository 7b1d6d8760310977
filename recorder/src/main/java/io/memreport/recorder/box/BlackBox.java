// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

import io.memreport.recorder.event.TestStartEvent;
import io.memreport.recorder.event.heap.HeapLiveEvent;
import io.memreport.recorder.event.memory.MemorySampleEvent;
import io.memreport.recorder.nativeheap.Exhaustion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The black box of this JVM. What is written here needs no flush: after a SIGKILL the page cache
 * still holds every byte. At most one per JVM; without one its callers go on.
 */
public final class BlackBox {
  /** Little: it counts as a direct buffer of the JVM until something is collected. */
  private static final int RESERVED_AT_ONCE = 1 << 16;

  private static volatile BlackBox current;

  private final ThreadTable threads;
  private final TestTable tests;
  private final SqlTexts sql;
  private final SampleRing samples;
  private final EndRing ends;
  private final Exhaustions exhaustions;
  private final HeapTable heap;

  private BlackBox(ByteBuffer box) {
    threads = new ThreadTable(box);
    tests = new TestTable(box);
    sql = new SqlTexts(box);
    samples = new SampleRing(box);
    ends = new EndRing(box);
    exhaustions = new Exhaustions(box);
    heap = new HeapTable(box);
  }

  /** Creates the file and writes to it from now on. */
  public static BlackBox start(Path folder, BoxFacts facts) throws IOException {
    ByteBuffer box = map(folder.resolve(BoxLayout.FILE_NAME));
    facts.write(box);
    BlackBox started = new BlackBox(box);
    current = started;
    return started;
  }

  /** The one that was started, or null. */
  public static BlackBox current() {
    return current;
  }

  /**
   * Writes no more. The file is unmapped when the last thread has let go of it, by a collection.
   */
  public static void stop() {
    Exhaustion.stop();
    current = null;
  }

  /** Lets native code write OutOfMemoryErrors, once its library is loaded. */
  public void listenForExhaustion() {
    exhaustions.listen();
  }

  private static ByteBuffer map(Path file) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] privately =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            privately)) {
      reserve(channel);
      return channel
          .map(FileChannel.MapMode.READ_WRITE, 0, BoxLayout.SIZE)
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** A store into a hole of a full disk is a fault: all of the file gets its blocks now. */
  private static void reserve(FileChannel channel) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(RESERVED_AT_ONCE);
    for (long at = 0; at < BoxLayout.SIZE; ) {
      zeros.clear().limit((int) Math.min(RESERVED_AT_ONCE, BoxLayout.SIZE - at));
      at += channel.write(zeros, at);
    }
  }

  /** An entry for the current thread, or null if there are too many. */
  public ThreadEntry thread(Thread thread) {
    return threads.take(thread);
  }

  /** Frees what threads that are gone had, and did not give back. */
  public void sweep() {
    threads.sweep();
  }

  /**
   * One at a time. What threads that are gone did is over by then.
   *
   * @return whether an OutOfMemoryError was thrown since the one before
   */
  public boolean sample(MemorySampleEvent event) {
    samples.add(event);
    threads.sweep();
    return exhaustions.write();
  }

  /** A connection was closed. */
  public void connectionClosed(long connectionId) {
    ends.add(BoxEnd.CONNECTION, connectionId, 0);
  }

  /** A process that this one started, or one of its processes did, has ended. */
  public void processEnded(long pid, long startTicks) {
    ends.add(BoxEnd.PROCESS, pid, startTicks);
  }

  public void testStarted(TestStartEvent event) {
    tests.started(event);
  }

  /** {@code status} as in {@link io.memreport.recorder.event.TestEvent}. */
  public void testEnded(long testId, String status) {
    tests.ended(testId, status);
  }

  /** What lives of the Java heap, the largest first. One at a time. */
  public void heap(HeapLiveEvent[] rows, int count) {
    heap.write(rows, count);
  }

  /** A text that is new, just as {@link io.memreport.recorder.event.SqlTextEvent} has it. */
  public void sql(long id, String text) {
    sql.add(id, text);
  }
}
