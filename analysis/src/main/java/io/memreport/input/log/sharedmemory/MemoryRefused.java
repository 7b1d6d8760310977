// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.Refused;
import io.memreport.model.log.Trigger;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The kernel refuses memory and kills nobody: {@code __vm_enough_memory} in mm/util.c, failed
 * allocations of its own, and faults that are tried again.
 */
public final class MemoryRefused implements Recogniser {
  private static final Pattern ENOUGH =
      Pattern.compile(
          "__vm_enough_memory: pid: \\d{1,10}, comm: .{1,100}, (?:bytes: \\d{1,20} not|no) enough memory for the"
              + " allocation");

  @Override
  public List<String> keywords() {
    return List.of("enough memory for the allocation", "VM_FAULT_OOM", "page allocation failure");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    if (ENOUGH.matcher(line.text()).find()) {
      Long pid = line.number("pid: ");
      String name = line.between("comm: ", ", ");
      Long bytes = line.number("bytes: ");
      EventBuilder same =
          events.near(
              line,
              60,
              event ->
                  Refused.OVERCOMMIT.constraint().equals(event.constraint)
                      && name(event).equals("" + name));
      EventBuilder event = same == null ? events.add(EventKind.REFUSED, Killer.KERNEL) : same;
      event.sign(line).constraint(Refused.OVERCOMMIT.constraint());
      event.trigger = new Trigger(name, pid, null, bytes == null ? null : bytes + " bytes");
      event.note(
          "What the system had promised to all programs would have gone beyond what"
              + " vm.overcommit_memory allows; free memory may be left, and no cgroup has a part in it.");
      return true;
    }
    if (line.has("page allocation failure")) {
      events
          .add(EventKind.NO_KILL, Killer.KERNEL)
          .sign(line)
          .constraint("page allocation failure")
          .detail("The kernel found no free pages in a row for itself, and went on without.");
      return true;
    }
    if (line.has("VM_FAULT_OOM")) {
      events
          .add(EventKind.NO_KILL, Killer.KERNEL)
          .sign(line)
          .constraint("page fault")
          .detail("A page fault met a lack of memory and was tried again.");
      return true;
    }
    return false;
  }

  private static String name(EventBuilder event) {
    return event.trigger == null ? "" : "" + event.trigger.name();
  }
}
