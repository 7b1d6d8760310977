// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.build;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.Platform;
import io.memreport.model.log.Trigger;
import io.memreport.model.log.Victim;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a JVM says that it is out of memory: vmError.cpp, debug.cpp and os_linux.cpp of HotSpot. */
public final class JvmTexts implements Recogniser {
  private static final String ERROR = "java.lang.OutOfMemoryError";
  private static final String NETTY = "OutOfDirectMemoryError: ";

  /** What netty and java.nio say of their limits, in bytes. */
  private static final Pattern DIRECT =
      Pattern.compile("\\((?:used|allocated): (\\d{1,18}), (?:max|limit): (\\d{1,18})\\)");

  private static final Pattern CODE =
      Pattern.compile(
          "(?:\\b(?:import|throws|new|extends|instanceof|class|case)|@(?:throws|exception|link)|catch ?\\()"
              + " *(?:final )?$|[<\"]$|\\w\\($");

  /** The runtime of Android tells how far its heap may grow. */
  private static final Pattern ART =
      Pattern.compile(
          "Failed to allocate a \\d{1,18} byte allocation with \\d{1,18} free bytes and \\w{1,20} until OOM"
              + "(?:.{0,80} growth limit (\\d{1,18}))?");

  private static final Pattern NESTED =
      Pattern.compile(
          "\\b(?:nested: |Caused by: )OutOfMemoryError\\[([A-Za-z][^\\]]{1,100})\\]"
              + "|\"type\":\"out_of_memory_error\",\"reason\":\"([A-Za-z][^\"]{1,100})\"");

  /** A message, or nothing; the JVM itself goes on about its handler of uncaught ones. */
  private static final Pattern THROWN =
      Pattern.compile(
          ": ?\\S|$| *$| thrown | \\(no error message\\)|[\\])\"'}]|, |;? nested | -> |\\\\[nrt]");

  /** So much before the error tells what it stands in. */
  private static final int BEFORE = 40;

  /** What the system refused where it was no memory. */
  static final String THREAD = "a thread";

  private static final int MOST_MENTIONS = 8;
  private static final int FORK_LINES = 10;
  private static final double EXPIRY_SECONDS = 600;

  /** What a JVM goes on to say for each thread that meets the same. */
  private static final String AGAIN = "thrown from the UncaughtExceptionHandler";

  private static final double AGAIN_SECONDS = 3600;
  static final String REFUSED =
      "The JVM ended itself because the system refused it memory; that is no OOM kill. A memory"
          + " cgroup's limit never refuses a mapping: look at vm.overcommit_memory, ulimit -v and"
          + " vm.max_map_count.";
  static final String REFUSED_ELSEWHERE =
      "The JVM ended itself because the system refused it memory; nobody killed it.";

  private static final String DUMPS =
      "Processing dump event \"systhrow\", detail \"java/lang/OutOfMemoryError\"";
  private static final String JAVACORE = "Detail \"java/lang/OutOfMemoryError\"";

  private final HsErr hsErr = new HsErr();

  private LogLine forkError;

  @Override
  public List<String> keywords() {
    List<String> words = new ArrayList<>(HsErr.KEYWORDS);
    words.addAll(WORDS);
    return words;
  }

  private static final List<String> WORDS =
      List.of(
          ERROR,
          NETTY,
          "nested: OutOfMemoryError[",
          "Caused by: OutOfMemoryError[",
          "out_of_memory_error",
          DUMPS,
          JAVACORE,
          "There was an error in the forked process",
          "Java heap space",
          "GC overhead limit exceeded",
          "Metaspace",
          "running out of JVM",
          "JVM heap space is exhausted",
          "Not enough memory to run compilation",
          "There is insufficient memory for the Java Runtime",
          "Native memory allocation (",
          "os::commit_memory(",
          "fatal error: OutOfMemory encountered",
          "A fatal error has been detected by the Java Runtime",
          "hs_err_pid",
          "SIGSEGV (0xb)",
          "SIGBUS (0x7)",
          "pthread_create failed (",
          "Out of swap space?");

  @Override
  public boolean read(LogLine line, EventLog events) {
    return refused(line, events)
        || hsErr.read(line)
        || crashed(line, events)
        || openJ9(line, events)
        || error(line, events)
        || nested(line, events)
        || netty(line, events)
        || forked(line, events);
  }

  private static EventBuilder ofJvm(LogLine line, EventLog events, EventKind kind) {
    EventBuilder known =
        events.near(
            line, event -> event.kind == EventKind.JAVA_OOM || event.kind == EventKind.JVM_ABORT);
    EventBuilder event = known == null ? events.add(kind, Killer.UNKNOWN) : known;
    return event.sign(line);
  }

  /** The system refused memory, so that the JVM gave up. */
  private boolean refused(LogLine line, EventLog events) {
    boolean insufficient = line.has("There is insufficient memory for the Java Runtime");
    boolean allocation = line.has("Native memory allocation (");
    boolean commit = line.has("os::commit_memory(") && line.has("failed");
    boolean windows = line.has("(DOS error");
    if (!insufficient && !allocation && !commit) {
      return false;
    }
    EventBuilder event = ofJvm(line, events, EventKind.JVM_ABORT);
    event.kind = EventKind.JVM_ABORT;
    event.constraint = "memory refused";
    Long bytes = commit ? commitBytes(line) : line.number(" to map ");
    if (bytes == null && allocation) {
      bytes = line.number("failed to allocate ");
    }
    if (bytes != null) {
      event.trigger = new Trigger("java", null, null, bytes + " bytes");
    }
    if (windows) {
      event.platform(Platform.WINDOWS).note(REFUSED_ELSEWHERE);
    }
    if (event.platform == null) {
      event.note(REFUSED);
    }
    hsErr.begin(event, line);
    return true;
  }

  private static Long commitBytes(LogLine line) {
    String inside = line.between("os::commit_memory(", ")");
    String[] arguments = inside == null ? new String[0] : inside.split(", ", 4);
    return arguments.length < 2 ? null : LogLine.numberAt(arguments[1], 0);
  }

  private boolean crashed(LogLine line, EventLog events) {
    if (line.has("fatal error: OutOfMemory encountered")) {
      EventBuilder event = ofJvm(line, events, EventKind.JVM_ABORT);
      event.kind = EventKind.JVM_ABORT;
      event.constraint = "-XX:+CrashOnOutOfMemoryError";
      event.detail(line.after("fatal error: "));
      return true;
    }
    if (line.has("A fatal error has been detected by the Java Runtime")) {
      hsErr.begin(ofJvm(line, events, EventKind.JVM_ABORT), line);
      return true;
    }
    EventBuilder known = events.near(line, event -> event.kind == EventKind.JVM_ABORT);
    if (known == null) {
      return false;
    }
    if (line.has("SIGSEGV (0xb)") || line.has("SIGBUS (0x7)")) {
      known.sign(line);
      known.constraint = line.has("SIGSEGV") ? "SIGSEGV" : "SIGBUS";
      known.detail(line.text().replaceFirst("^# *", ""));
      return true;
    }
    if (line.has("hs_err_pid")) {
      known.sign(line);
      Long pid = line.number("hs_err_pid");
      if (pid != null && !known.hasVictim(pid)) {
        known.victim(Victim.named(pid, "java"));
      }
      return true;
    }
    return false;
  }

  /** OpenJ9 writes dumps at the error, and may say nothing else of it. */
  private static boolean openJ9(LogLine line, EventLog events) {
    boolean javacore = line.has(JAVACORE);
    if (!javacore && !line.has(DUMPS)) {
      return false;
    }
    EventBuilder event = ofJvm(line, events, EventKind.JAVA_OOM);
    String what = javacore ? line.between(JAVACORE + " \"", "\"") : null;
    if (what != null && event.constraint == null) {
      event.constraint(what);
    }
    event.note(
        "OpenJ9 writes a javacore, a heap dump and more at an OutOfMemoryError, caught or not; nobody"
            + " killed it for its memory.");
    return true;
  }

  /** Elasticsearch names the error without its package, and as JSON in words of its own. */
  private static boolean nested(LogLine line, EventLog events) {
    Matcher found = NESTED.matcher(line.text());
    if (!found.find()) {
      return false;
    }
    String words = found.group(1) == null ? found.group(2) : found.group(1);
    EventBuilder event =
        words.contains("native thread")
            ? ofThreads(line, events)
            : ofJvm(line, events, EventKind.JAVA_OOM);
    if (event.constraint == null || event.constraint.isEmpty()) {
      event.constraint = words;
    }
    return true;
  }

  private static boolean netty(LogLine line, EventLog events) {
    String words = line.after(NETTY);
    if (words == null || !DIRECT.matcher(words).find()) {
      return false;
    }
    EventBuilder event = ofJvm(line, events, EventKind.JAVA_OOM);
    if (event.constraint == null) {
      event.constraint("netty's direct memory");
    }
    direct(words, event);
    event.note(
        "Netty counts its direct buffers itself and refused another: a limit within the JVM, not the"
            + " heap; nobody killed it for its memory.");
    return true;
  }

  /** Surefire and Gradle pass on that a JVM of theirs ran out, without the error's name. */
  private boolean forked(LogLine line, EventLog events) {
    String behind = line.after("There was an error in the forked process");
    if (behind != null) {
      forkError = line;
      String inline = behind.replaceFirst("^:? *", "").replaceFirst(" -> \\[Help.*", "").strip();
      if (isHeapError(inline)) {
        ofFork(line, events, inline);
      }
      return true;
    }
    String words =
        line.text().replaceFirst("^(?:[\\d:.]{8,12} +)?(?:\\[?ERROR\\]? *|> )", "").strip();
    boolean ofFork =
        forkError != null && line.number() - forkError.number() <= FORK_LINES && isHeapError(words);
    boolean ofGradle = line.text().startsWith("> ") && isHeapError(words);
    boolean ofDaemon =
        line.has("after running out of JVM")
            || line.has("JVM heap space is exhausted")
            || line.has("Not enough memory to run compilation");
    if (!ofFork && !ofGradle && !ofDaemon) {
      return false;
    }
    if (ofFork) {
      ofFork(line, events, words).sign(forkError);
      return true;
    }
    String what = line.has("Metaspace") ? "Metaspace" : ofDaemon ? "Java heap space" : words;
    if (line.has("Daemon will") || line.has("Expiring Daemon")) {
      expires(line, events, what);
    } else {
      EventBuilder event = passedOn(line, events, what, "Gradle");
      event.inferred = false;
      if (line.has("aemon has been stopped") && event.victims.isEmpty()) {
        event.platform(Platform.GRADLE).victim(Victim.named(null, GradleDaemon.NAME));
      }
    }
    return true;
  }

  /** A daemon that is almost full says so, works on and ends itself; nothing need have failed. */
  private static void expires(LogLine line, EventLog events, String what) {
    EventBuilder known =
        events.near(line, EXPIRY_SECONDS, event -> event.kind == EventKind.JAVA_OOM);
    if (known != null) {
      known.sign(line);
      return;
    }
    EventBuilder event =
        events
            .add(EventKind.JAVA_OOM, Killer.UNKNOWN)
            .sign(line)
            .constraint(what)
            .platform(Platform.GRADLE)
            .victim(Victim.named(null, GradleDaemon.NAME));
    event.inferred = true;
    event.note(
        "Gradle watches its daemon's memory and lets it go when little of it is left; an"
            + " OutOfMemoryError need not have been thrown.");
  }

  private static EventBuilder ofFork(LogLine line, EventLog events, String words) {
    return passedOn(line, events, words, "Surefire");
  }

  private static EventBuilder passedOn(LogLine line, EventLog events, String what, String who) {
    EventBuilder event = ofJvm(line, events, EventKind.JAVA_OOM);
    if (event.constraint == null || event.constraint.isEmpty()) {
      event.constraint = what;
    }
    return event.note(passedOnBy(who));
  }

  private static String passedOnBy(String who) {
    return who
        + " passes on that its JVM ran out by a limit of its own; nobody killed it for its memory.";
  }

  private static boolean isHeapError(String words) {
    return words.equals("Java heap space")
        || words.equals("GC overhead limit exceeded")
        || words.equals("Metaspace")
        || words.equals("Compressed class space");
  }

  private static boolean error(LogLine line, EventLog events) {
    if (line.has("pthread_create failed (")) {
      EventBuilder event = ofThreads(line, events);
      event.constraint = event.constraint == null ? "native threads" : event.constraint;
      return true;
    }
    int at = thrown(line.text());
    if (at < 0) {
      return false;
    }
    String words = line.text().substring(at + ERROR.length()).replaceFirst("^: *", "").strip();
    if (words.equals("(no error message)")) {
      words = "";
    }
    if (words.startsWith(AGAIN)) {
      EventBuilder first =
          events.near(line, AGAIN_SECONDS, event -> event.kind == EventKind.JAVA_OOM);
      if (first != null) {
        first.sign(line);
        return true;
      }
      words = "";
    }
    if (words.startsWith("pthread_create (")) {
      // So says Android.
      words = "native thread: " + words;
    }
    Matcher art = ART.matcher(words);
    boolean android = art.lookingAt();
    boolean threads = words.contains("native thread");
    EventBuilder event =
        threads ? ofThreads(line, events) : ofJvm(line, events, EventKind.JAVA_OOM);
    if (line.has("Terminating due to ")) {
      event.kind = EventKind.JAVA_OOM;
      event.exit(3);
      event.detail("-XX:+ExitOnOutOfMemoryError ended the JVM");
    } else if (line.has("Aborting due to ")) {
      event.kind = EventKind.JVM_ABORT;
      event.exit(134);
      event.detail("-XX:+CrashOnOutOfMemoryError aborted the JVM");
    }
    if (android) {
      words = "heap of an Android app";
      event.platform(Platform.ANDROID);
      if (event.limits.isEmpty() && art.group(1) != null) {
        event.limits.add(new LogLimit("heap", null, Long.valueOf(art.group(1)), null));
      }
    }
    // What Gradle makes of it names the heap, whatever it was.
    boolean passedOn =
        !words.isEmpty() && (event.notes.remove(passedOnBy("Gradle")) || event.inferred);
    event.inferred = false;
    if (event.constraint == null || event.constraint.isEmpty() || passedOn) {
      event.constraint = words.length() > 200 ? words.substring(0, 200) : words;
    }
    if (!threads) {
      direct(words, event);
      event.note(
          "The JVM reached a limit of its own, which the message names; nobody killed it for its"
              + " memory.");
    } else if (event.limitCgroup == null) {
      event.note(
          "The system refused a thread: a limit of tasks, or of address space; the Java heap has no"
              + " part in it.");
    }
    return true;
  }

  /** Where an error that was thrown is named; -1 if none is. */
  private static int thrown(String text) {
    int at = text.indexOf(ERROR);
    for (int i = 0; at >= 0 && isMentioned(text, at); i++) {
      at = i < MOST_MENTIONS ? text.indexOf(ERROR, at + 1) : -1;
    }
    return at;
  }

  /** Source code and the names of tests have the class, and nobody threw it. */
  private static boolean isMentioned(String text, int at) {
    return text.startsWith("//")
        || CODE.matcher(text.substring(Math.max(0, at - BEFORE), at)).find()
        || !THROWN.matcher(text).region(at + ERROR.length(), text.length()).lookingAt();
  }

  /** The kernel may have told before which limit it was. */
  private static EventBuilder ofThreads(LogLine line, EventLog events) {
    EventBuilder known = events.near(line, 60, Refusals::isOfThreads);
    if (known == null) {
      return ofJvm(line, events, EventKind.JAVA_OOM);
    }
    if (known.kind == EventKind.REFUSED) {
      known.kind = EventKind.JAVA_OOM;
      known.killer = Killer.UNKNOWN;
      known.constraint = null;
    }
    return known.sign(line);
  }

  private static void direct(String words, EventBuilder event) {
    Matcher found = DIRECT.matcher(words);
    if (found.find() && event.limits.isEmpty()) {
      event.limits.add(
          new LogLimit(
              "direct memory", Long.valueOf(found.group(1)), Long.valueOf(found.group(2)), null));
    }
  }
}
