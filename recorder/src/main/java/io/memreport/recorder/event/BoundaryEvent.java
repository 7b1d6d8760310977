// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;

/** The start or the end of a test, with what tells exactly what it left: it was asked then. */
public abstract class BoundaryEvent extends MemreportEvent {
  @Label("Direct Buffers")
  @Description("Direct buffers of the JVM at this moment, garbage among them")
  @DataAmount(DataAmount.BYTES)
  public long directBuffers = UNKNOWN;

  @Label("Metaspace")
  @Description("Committed metaspace at this moment, that of classes that are garbage among it")
  @DataAmount(DataAmount.BYTES)
  public long metaspace = UNKNOWN;

  @Label("Threads")
  @Description("Java threads that live at this moment")
  public long liveThreads = UNKNOWN;

  @Label("Files on tmpfs")
  @Description("What all files on file systems in memory take at this moment, but for /dev/shm")
  @DataAmount(DataAmount.BYTES)
  public long tmpfsFiles = UNKNOWN;

  @Label("Resident")
  @Description("Resident memory of the process at this moment")
  @DataAmount(DataAmount.BYTES)
  public long resident = UNKNOWN;

  @Label("Resident Shared Memory")
  @Description("Of it System V and POSIX shared memory, mapped files on tmpfs, and the heap of ZGC")
  @DataAmount(DataAmount.BYTES)
  public long residentShared = UNKNOWN;

  @Label("Open Files")
  @Description("File descriptors that are open at this moment: files, jars, sockets and pipes")
  public long openFiles = UNKNOWN;

  @Label("Written")
  @Description(
      "Bytes that the process had written until this moment, wherever to, and those that it has"
          + " mapped of files in memory so that it can write there")
  @DataAmount(DataAmount.BYTES)
  public long written = UNKNOWN;
}
