// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.jfr;

import io.memreport.model.Leak;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordedStackTrace;

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

  /** Native code keeps it until it deletes the reference. */
  private static final String JNI = "a JNI global reference";

  /** Arrays of primitives, and what JFR does not know. */
  private static final Pattern UNNAMED = Pattern.compile("[?]|[a-z]+(\\[\\])*");

  private static final String LOCAL = "a JNI reference of a running call";
  private static final String STACK = "the stack of a thread";

  private static final String OWN = "io.memreport.";

  /** Of a class that only the JVM knows. */
  private static final String NAMELESS = "?.";

  /**
   * On the stack only while an application context starts that the cache of Spring's test framework
   * keeps.
   */
  private static final String CONTEXT_STARTS = "org.springframework.test.context.cache.";

  private static final String OF_CONTEXT =
      CONTEXT_STARTS + "DefaultContextCache, in an application context";

  private static final String ARROW = " → ";

  /** Roots that hold what frameworks keep for a while: no leak of the code under test. */
  private static final List<String> INFRASTRUCTURE =
      List.of("jdk.", "sun.", "org.junit.", "java.lang.invoke.", "com.sun.");

  private static final List<String> OF_JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

  private static final String THREAD_LOCALS = "java.lang.ThreadLocal$ThreadLocalMap";

  /** Code that says nothing about whose an object is. */
  private static final List<String> EVERYBODY_S =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.junit.");

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
    String root = root(event, path.isEmpty() ? null : path.get(path.size() - 1));
    if (root != null) {
      path.add(root);
    }
    Collections.reverse(path);
    if ((path.isEmpty() || !path.get(0).startsWith(STATIC)) && inContext(event.getStackTrace())) {
      // A context closes when the JVM ends, and then nothing leads to what it held.
      path = List.of(OF_CONTEXT);
    }
    if (path.isEmpty() && (!event.hasField("root") || event.getValue("root") != null)) {
      return null;
    }
    if (path.isEmpty()) {
      // JFR goes along each reference but those that a Reference has.
      path = List.of(Leak.HELD_WEAKLY);
    }
    Long size = event.hasField("objectSize") ? (Long) event.getLong("objectSize") : null;
    return new OldObject(
        typeName(object),
        size,
        String.join(ARROW, compact(path)),
        event.getInstant("allocationTime"),
        event.getThread("eventThread").getJavaThreadId());
  }

  /**
   * Whether the JDK, the test framework or the agent holds it, or it is the agent's, or nothing in
   * it is of any other code: a constant of the JDK is no evidence against a test. Nor is the table
   * of a thread's locals, which whoever needs one first makes, the agent too: what it holds may be.
   */
  public boolean isInfrastructure() {
    String root = root();
    return INFRASTRUCTURE.stream().anyMatch(root::startsWith)
        || isOurs()
        || type.startsWith(THREAD_LOCALS)
        || !hasOwner();
  }

  /** Whether JFR found nothing that holds it, so that only a soft or weak reference can. */
  public boolean isHeldWeakly() {
    return chain.equals(Leak.HELD_WEAKLY);
  }

  /** Whether a static field of the JDK holds it, with nothing of other code in between. */
  public boolean isOfJdk() {
    String root = root();
    return chain.startsWith(STATIC)
        && OF_JDK.stream().anyMatch(root::startsWith)
        && !chain.contains(OWN)
        && !hasOwner();
  }

  /** Whether it is the agent's. */
  public boolean isOurs() {
    return chain.contains(OWN) || type.startsWith(OWN);
  }

  /** The less, the more it tells: what a static field holds first, then by the length of it. */
  public int rank() {
    int steps = chain.split(ARROW, -1).length;
    return chain.startsWith(STATIC) ? steps : LONGEST_CHAIN + steps;
  }

  private String root() {
    String first = chain.contains(ARROW) ? chain.substring(0, chain.indexOf(ARROW)) : chain;
    return first.startsWith(STATIC) ? first.substring(STATIC.length()) : first;
  }

  /** Whether anything but the JDK and what runs at the moment is in its chain. */
  public boolean isOfSomebody() {
    return !isEverybodys(type)
        || chain.startsWith(JNI)
        || chain.contains(THREAD_LOCALS)
        || Stream.of(chain.split(ARROW, -1))
            .map(step -> step.startsWith(STATIC) ? step.substring(STATIC.length()) : step)
            .anyMatch(step -> !isEverybodys(step) && !step.equals(STACK) && !step.equals(LOCAL));
  }

  private boolean hasOwner() {
    return isOfSomebody() || chain.startsWith(STACK) || chain.startsWith(LOCAL);
  }

  private static boolean inContext(RecordedStackTrace stack) {
    return stack != null
        && stack.getFrames().stream()
            .map(frame -> frame.getMethod().getType().getName())
            .anyMatch(type -> type.startsWith(CONTEXT_STARTS));
  }

  private static boolean isEverybodys(String name) {
    return name.startsWith(NAMELESS)
        || EVERYBODY_S.stream().anyMatch(name::startsWith)
        || UNNAMED.matcher(name).matches();
  }

  /** What holds the first of a chain that no static field begins, or null if JFR does not tell. */
  private static String root(RecordedEvent event, String first) {
    RecordedObject root =
        first != null && first.startsWith(STATIC) || !event.hasField("root")
            ? null
            : event.getValue("root");
    String type = root == null ? null : root.getString("type");
    String system = root == null ? null : root.getString("system");
    if (type == null || system == null) {
      return null;
    }
    if (type.contains("JNI")) {
      return type.startsWith("Local") ? LOCAL : JNI;
    }
    return system.startsWith("Thread") ? STACK : null;
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
