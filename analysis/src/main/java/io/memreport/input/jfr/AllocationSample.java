// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.jfr;

import io.memreport.recorder.framework.ApplicationCode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;

/**
 * An object that JFR saw being allocated.
 *
 * @param line of the application, the innermost, as {@code com.acme.Orders.load:42}; null if none
 *     is on the stack
 * @param bytes what its thread had allocated since its sample before
 */
public record AllocationSample(Instant at, long thread, String className, String line, long bytes) {
  /** The name of the JDK's event. */
  public static final String NAME = "jdk.ObjectAllocationSample";

  private static final List<String> OWN = List.of("io.memreport.recorder.", "io.memreport.agent.");

  /** Null if it says too little, or is the recorder's own. */
  public static AllocationSample of(RecordedEvent event) {
    if (!event.hasField("objectClass") || !event.hasField("weight")) {
      return null;
    }
    RecordedThread thread = event.getThread();
    RecordedClass type = event.getValue("objectClass");
    long bytes = event.getLong("weight");
    if (thread == null || bytes <= 0) {
      return null;
    }
    RecordedStackTrace stack = event.getStackTrace();
    String line = null;
    if (stack != null) {
      for (RecordedFrame frame : stack.getFrames()) {
        RecordedMethod method = frame.getMethod();
        RecordedClass declaring = method == null ? null : method.getType();
        String owner = declaring == null ? "" : Objects.requireNonNullElse(declaring.getName(), "");
        if (OWN.stream().anyMatch(owner::startsWith)) {
          return null;
        }
        if (!owner.isEmpty() && ApplicationCode.is(owner) && !isGenerated(owner)) {
          int number = frame.getLineNumber();
          line = owner + "." + method.getName() + (number > 0 ? ":" + number : "");
          break;
        }
      }
    }
    return new AllocationSample(
        event.getStartTime(),
        thread.getJavaThreadId(),
        type == null ? null : ClassNames.readable(type.getName()),
        line,
        bytes);
  }

  /** Of the JVM, a proxy or a framework at run time: no source has it. */
  private static boolean isGenerated(String type) {
    return type.contains("$$")
        || type.contains("$Proxy")
        || type.contains(".GeneratedMethodAccessor");
  }
}
