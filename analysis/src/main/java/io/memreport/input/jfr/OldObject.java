// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.jfr;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedObject;

/**
 * An object that lived at the end of the recording, with what keeps it alive.
 *
 * @param type its class
 * @param bytes its own size, or null
 * @param chain from the root down, as {@code static shop.Cache.ENTRIES → java.util.HashMap.table}
 * @param allocatedAt when it was allocated
 * @param thread Java thread id of the thread that did
 */
public record OldObject(String type, Long bytes, String chain, Instant allocatedAt, long thread) {
  private static final int LONGEST_CHAIN = 64;
  private static final String STATIC = "static ";

  /** Roots that hold what frameworks keep for a while: no leak of the code under test. */
  private static final List<String> INFRASTRUCTURE =
      List.of("io.memreport.", "jdk.", "sun.", "org.junit.", "java.lang.invoke.", "com.sun.");

  public static OldObject of(RecordedEvent event) {
    RecordedObject object = event.getValue("object");
    if (object == null || event.getThread("eventThread") == null) {
      return null;
    }
    List<String> path = new ArrayList<>();
    for (RecordedObject at = object; at != null && path.size() < LONGEST_CHAIN; ) {
      RecordedObject referrer = at.getValue("referrer");
      if (referrer == null) {
        break;
      }
      RecordedObject holder = referrer.getValue("object");
      String step = step(referrer, holder);
      path.add(step);
      // What holds the class itself, loaders and the like, says nothing more.
      at = step.startsWith(STATIC) ? null : holder;
    }
    Collections.reverse(path);
    if (path.isEmpty()) {
      return null;
    }
    Long size = event.hasField("objectSize") ? (Long) event.getLong("objectSize") : null;
    return new OldObject(
        typeName(object),
        size,
        String.join(" → ", compact(path)),
        event.getInstant("allocationTime"),
        event.getThread("eventThread").getJavaThreadId());
  }

  /** Whether code of a library, not of the application, is what holds it. */
  public boolean isInfrastructure() {
    String root = chain.startsWith(STATIC) ? chain.substring(STATIC.length()) : chain;
    return INFRASTRUCTURE.stream().anyMatch(root::startsWith);
  }

  private static String step(RecordedObject referrer, RecordedObject holder) {
    RecordedObject field = referrer.getValue("field");
    String type = holder == null ? "?" : typeName(holder);
    if (field == null) {
      return type;
    }
    String name = field.getString("name");
    if (holder != null && type.equals("java.lang.Class")) {
      String described = holder.getString("description");
      String owner = described == null ? "?" : described.replace("Class Name: ", "").strip();
      return STATIC + owner + "." + name;
    }
    return type + "." + name;
  }

  /** A long list's nodes say nothing: repeated steps are named once. */
  private static List<String> compact(List<String> path) {
    List<String> compact = new ArrayList<>();
    for (String step : path) {
      if (compact.isEmpty() || !compact.get(compact.size() - 1).equals(step)) {
        compact.add(step);
      }
    }
    return compact;
  }

  private static String typeName(RecordedObject object) {
    RecordedClass type = object.getValue("type");
    if (type == null) {
      return "?";
    }
    return ClassNames.readable(type.getName());
  }
}
