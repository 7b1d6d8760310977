// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.loop.Periodic;
import io.memreport.recorder.nativeheap.NativeHeap;
import io.memreport.recorder.scope.NativeAccounting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Ends a recording before the disk is full, and keeps the space that its end takes. */
final class DiskGuard {
  /** With less than this the ballast is needed now. */
  private static final long FULL_BYTES = 4L << 20;

  private static final long LOOK_NANOS = 300_000;

  /** While JFR starts: its first chunk may appear at any time. */
  private static final long STARTING_NANOS = 1_000_000;

  /** With less than this free, blocks are reserved for what JFR writes next. */
  private static final long NEAR_BYTES = 1L << 30;

  private final ChunkReserve reserve = new ChunkReserve();

  private final DiskSpace space;
  private final Ballast ballast;
  private volatile Consumer<String> end;
  private final Periodic loop;
  private volatile boolean ended;

  /**
   * Takes the space that an end needs, and begins to reserve what JFR writes first.
   *
   * @throws IOException if the disk is too full to begin
   */
  DiskGuard(Path folder) throws IOException {
    space = new DiskSpace(folder);
    requireRoom();
    ballast = Ballast.take(folder);
    loadShimIfNear();
    loop =
        new Periodic(
            "memreport-disk",
            this::restNanos,
            this::look,
            e -> Failure.note("Watching the disk", e));
    loop.start();
  }

  /**
   * JFR can't be stopped while it starts a recording, and can't do without its first blocks then.
   *
   * @throws IOException if the disk has become too full to begin
   */
  void requireRoom() throws IOException {
    if (space.free() < DiskSpace.LEAST_RESERVE_BYTES) {
      throw new IOException(space.shortage());
    }
  }

  /**
   * The recording has begun: from here on it can be ended.
   *
   * @param endRecording is called at most once, with the reason
   */
  void recordingBegan(Consumer<String> endRecording) {
    end = endRecording;
    loop.soon();
  }

  /** Whether the recording had to end, which was said then. */
  boolean hasEndedRecording() {
    return ended;
  }

  /** The recording has ended otherwise. */
  void stop() {
    loop.stop();
    ballast.close();
  }

  private long restNanos() {
    return end == null ? STARTING_NANOS : space.restNanos();
  }

  private void look() {
    if (ended) {
      return;
    }
    boolean isShort = space.isShort();
    boolean hasRoom = hasRoomAhead();
    if (!hasRoom) {
      // The end of the chunk needs it more.
      ballast.close();
      reserve.extend();
    }
    if (end == null || hasRoom && !isShort) {
      return;
    }
    ended = true;
    Thread giver = new Thread(null, this::giveWhenFull, "memreport-ballast", 0, false);
    giver.setDaemon(true);
    giver.start();
    try {
      end.accept(space.shortage());
    } finally {
      stop();
      reserve.release();
    }
  }

  /** A new chunk begins; takes no lock. */
  void chunkBegan() {
    reserve.chunkBegan();
    loop.soon();
  }

  private boolean hasRoomAhead() {
    return !loadShimIfNear() || reserve.extend();
  }

  /** The shim may not be there yet; needed only where a full disk may be near. */
  private boolean loadShimIfNear() {
    if (space.lastFree() > NEAR_BYTES) {
      return false;
    }
    if (!NativeHeap.isLoaded()) {
      NativeAccounting.libraryLoaded();
    }
    return true;
  }

  /** Not before: whoever fills the disk would take that, too. */
  private void giveWhenFull() {
    while (!loop.isStopped()) {
      if (space.free() < FULL_BYTES) {
        ballast.close();
        return;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
