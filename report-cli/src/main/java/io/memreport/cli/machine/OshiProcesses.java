// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.machine;

import io.memreport.recorder.process.ProcessTable;
import java.util.Comparator;
import java.util.List;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * Processes as OSHI reads them, see https://github.com/oshi/oshi: on macOS private memory is the
 * footprint, on Windows the private working set. What it does not know it gives as 0 or less.
 */
public final class OshiProcesses implements ProcessTable {
  private final OperatingSystem system;

  /** Of this machine. */
  public OshiProcesses() {
    this(new SystemInfo().getOperatingSystem());
  }

  OshiProcesses(OperatingSystem system) {
    this.system = system;
  }

  @Override
  public List<Entry> below(long pid) {
    return system
        .getDescendantProcesses(
            Math.toIntExact(pid), OshiProcesses::isAlive, null, Integer.MAX_VALUE)
        .stream()
        // A parent is there before its child, as far as its clock can tell them apart.
        .sorted(
            Comparator.comparingLong(OSProcess::getStartTime)
                .thenComparingInt(OSProcess::getProcessID))
        .map(OshiProcesses::entry)
        .toList();
  }

  /** Resident bytes of one process, null if that is not known. */
  public Long residentBytes(long pid) {
    OSProcess process = system.getProcess(Math.toIntExact(pid));
    return process == null ? null : known(process.getResidentMemory());
  }

  private static boolean isAlive(OSProcess process) {
    return process.getState() != OSProcess.State.ZOMBIE
        && process.getState() != OSProcess.State.INVALID;
  }

  private static Entry entry(OSProcess process) {
    List<String> arguments = process.getArguments();
    return new Entry(
        process.getProcessID(),
        process.getParentProcessID(),
        process.getStartTime(),
        arguments == null || arguments.isEmpty() ? List.of(process.getName()) : arguments,
        known(process.getResidentMemory()),
        known(process.getPrivateResidentMemory()));
  }

  private static Long known(long bytes) {
    return bytes <= 0 ? null : Long.valueOf(bytes);
  }
}
