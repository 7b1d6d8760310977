// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A test, or the fixtures of a class, from its outer bracket to its end. */
@Name(TestEvent.NAME)
@Label("Test")
@Description("A test, or the fixtures of a class, from its outer bracket to its end.")
public final class TestEvent extends BoundaryEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.Test";

  @Label("Test")
  public long testId;

  @Label("Status")
  @Description("passed, failed, aborted or skipped")
  public String status;

  @Label("Failure")
  @Description(
      "Class of what the test threw, and of an OutOfMemoryError the JVM's words; null if nothing")
  public String failure;

  @Label("Threads")
  @Description("How many threads did measured work for it")
  public int threadCount;

  @Label("Heap Allocated")
  @Description(
      "Java heap allocated by the thread of the test, without its children and the recorder")
  @DataAmount(DataAmount.BYTES)
  public long heapAllocated = UNKNOWN;

  @Label("Heap Retained")
  @Description("Growth of the used Java heap between full collections before and after")
  public long heapRetained = UNKNOWN;

  @Label("Heap Softly Held")
  @Description(
      "Arrays and strings that soft references came to hold, of tests that left much; the JVM clears"
          + " them before it runs out of memory")
  @DataAmount(DataAmount.BYTES)
  public long heapSoft = UNKNOWN;

  @Label("Files Left")
  @Description(
      "Open files, sockets and pipes after the collection behind it, less those before; no jars")
  public long filesLeft = UNKNOWN;

  @Label("Native Allocated")
  @Description("SQLite heap handed out on behalf of this test, without its children")
  @DataAmount(DataAmount.BYTES)
  public long nativeAllocated = UNKNOWN;

  @Label("Native Peak")
  @Description("The most SQLite heap that it held at once above where it began")
  @DataAmount(DataAmount.BYTES)
  public long nativePeak = UNKNOWN;

  @Label("Native Net")
  @Description(
      "SQLite heap handed out less SQLite heap given back; negative if it released what others took")
  public long nativeNet = UNKNOWN;

  @Label("Explanation")
  @Description("Why a figure is unknown, or null")
  public String unknownBecause;
}
