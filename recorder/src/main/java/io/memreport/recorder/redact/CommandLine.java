// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.redact;

import io.memreport.recorder.proc.ProcFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command of a process, fit to be recorded: the program and the names of its options, and of
 * values those that are known to be harmless. It reads arguments one by one, as the kernel has
 * them: in a text that was joined nobody can tell where a value ends.
 */
public final class CommandLine {
  private static final int MAX_LENGTH = 1024;
  private static final String HIDDEN = "?";

  private static final Pattern PROGRAM = Pattern.compile("[\\w./+@~:\\\\-]{1,255}");

  /** A file by its path, or by its name if that has an extension. */
  private static final Pattern FILE =
      Pattern.compile(
          "(?:~|\\.{1,2})?/[\\w./+~-]{1,255}|[\\w+-][\\w.+-]{0,200}\\.(?:jar|py|js|sh|db|sqlite|conf|xml|sql)");

  private static final Pattern MAIN_CLASS =
      Pattern.compile("(?:[\\w.]+/)?[A-Za-z_$][\\w$]*(?:\\.[A-Za-z_$][\\w$]*)*");

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,5}");
  private static final Pattern OPTION = Pattern.compile("--?[A-Za-z][\\w.-]{0,60}");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("([A-Za-z_][\\w.]{0,60})=(.*)", Pattern.DOTALL);

  /** Of HotSpot's own options those without a value that could be a command. */
  private static final Pattern OF_JVM =
      Pattern.compile(
          "-X(?:m[sxn]|ss)\\d+[kKmMgGtT]?|-X(?:int|comp|mixed|batch|rs|noclassgc)"
              + "|-Xshare:\\w+|-XX:[+-]\\w{1,80}|-XX:(?!OnError|OnOutOfMemoryError|Flags|VMOptions)\\w{1,80}=[\\w./%+-]{0,200}"
              + "|-(?:ea|da|esa|dsa|server|client|version|showversion)|--enable-preview");

  /** Names with one dash, as Java's launcher has them; of others only the first letter is sure. */
  private static final Set<String> LONG_WITH_ONE_DASH =
      Set.of(
          "-jar",
          "-cp",
          "-classpath",
          "-storepass",
          "-keypass",
          "-keystore",
          "-alias",
          "-name",
          "-file",
          "-passin",
          "-passout",
          "-password",
          "-user",
          "-username",
          "-port",
          "-config");

  /** Options behind which a value of these kinds stays. */
  private static final Set<String> PLAIN_VALUE =
      Set.of(
          "--port",
          "--threads",
          "--jobs",
          "--workers",
          "--forks",
          "--parallel",
          "--timeout",
          "--memory",
          "--level",
          "--max-old-space-size",
          "--numprocesses",
          "--maxfail",
          "--count",
          "--size");

  private static final Set<String> LAUNCHERS = Set.of("java", "java.exe", "javaw", "javaw.exe");
  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "dash", "zsh", "ksh", "ash", "fish", "cmd", "cmd.exe", "su", "runuser");

  /** What runs another command that stands behind it. */
  private static final Set<String> PREFIXES =
      Set.of(
          "env", "nice", "nohup", "setsid", "stdbuf", "time", "timeout", "exec", "unshare", "sudo");

  private static final Set<String> POSTGRES =
      Set.of("postgres", "initdb", "pg_ctl", "pg_upgrade", "postmaster");

  /** The names that a server of PostgreSQL gives its own processes; others' name their user. */
  private static final Pattern POSTGRES_TITLE =
      Pattern.compile(
          "postgres: (?:checkpointer|background writer|walwriter|logger|archiver|startup"
              + "|stats collector|autovacuum launcher|autovacuum worker|logical replication launcher"
              + "|io worker \\d{1,4}|parallel worker for PID \\d{1,10})\\b");

  /**
   * What a worker of pytest-xdist shows where setproctitle is installed: a test by its file, class
   * and function. What stands in brackets are its parameters.
   */
  private static final Pattern PYTEST_TITLE =
      Pattern.compile(
          "\\[pytest-xdist (?:idle|running)\\](?: [\\w./+-]{1,255}(?:::\\w{1,200}){1,8}(\\[)?)?");

  /** The tests that a binary of {@code go test} is to run: a regular expression. */
  private static final Pattern GO_TESTS = Pattern.compile("-test\\.run=[\\w^$|/(). -]{1,200}");

  private static final Pattern WORKER =
      Pattern.compile("[\\w-]{0,40}jvmRun\\d{1,4}|Gradle Test Executor \\d{1,6}");

  private final StringBuilder out = new StringBuilder();
  private String program = "";
  private String pending;
  private boolean ofJvm;
  private boolean mainSeen;
  private boolean onlyArguments;

  private CommandLine() {}

  /** The command of this JVM: its main class or jar with its arguments; null if it is not known. */
  public static String ofThisJvm() {
    String joined = System.getProperty("sun.java.command");
    if (joined == null || joined.isBlank()) {
      return null;
    }
    List<String> all = ofProcess(ProcessHandle.current().pid());
    for (int from = 1; all != null && from < all.size(); from++) {
      if (joined.equals(String.join(" ", all.subList(from, all.size())))) {
        return ofMain(all.subList(from, all.size()));
      }
    }
    // Without borders only the first word is sure.
    String[] words = joined.split(" ", 2);
    return words.length == 1 ? ofMain(List.of(words)) : ofMain(List.of(words[0])) + " " + HIDDEN;
  }

  /** What a JVM runs, without the JVM's own options. */
  private static String ofMain(List<String> arguments) {
    CommandLine line = new CommandLine();
    line.ofJvm = true;
    line.program = "java";
    arguments.forEach(line::argument);
    return line.result();
  }

  /** The arguments of a process as the kernel has them; null if they can't be read, or are none. */
  public static List<String> ofProcess(long pid) {
    try {
      String text =
          Files.readString(
              Path.of(ProcFile.ROOT + "/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
      return text.isBlank() ? null : Arrays.asList(text.split("\0"));
    } catch (IOException e) {
      return null;
    }
  }

  /** The command with its program first, without the values that may be secrets; null for null. */
  public static String withoutSecrets(List<String> arguments) {
    if (arguments == null || arguments.isEmpty()) {
      return null;
    }
    CommandLine line = new CommandLine();
    line.program(arguments.get(0), arguments.size() == 1);
    for (String argument : arguments.subList(1, arguments.size())) {
      line.argument(argument);
    }
    return line.result();
  }

  private String result() {
    return out.length() <= MAX_LENGTH ? out.toString() : out.substring(0, MAX_LENGTH) + "…";
  }

  /** A process may have written a title over its arguments. */
  private void program(String text, boolean alone) {
    Matcher title = POSTGRES_TITLE.matcher(text);
    if (title.lookingAt()) {
      show(title.group());
      return;
    }
    Matcher worker = PYTEST_TITLE.matcher(text);
    if (worker.lookingAt()) {
      show(worker.group(1) == null ? worker.group() : worker.group() + HIDDEN + "]");
      return;
    }
    int blank = text.indexOf(' ');
    String name = alone && blank > 0 ? text.substring(0, blank) : text;
    if (!isProgram(name)) {
      show(HIDDEN);
      return;
    }
    show(name);
    if (alone && blank > 0) {
      show(HIDDEN);
    }
    program = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    program = program.toLowerCase(Locale.ROOT);
    ofJvm = LAUNCHERS.contains(program);
  }

  private static boolean isProgram(String name) {
    return PROGRAM.matcher(name).matches() && name.indexOf('@') < 0 && !name.contains("://");
  }

  private void argument(String text) {
    if (out.length() > MAX_LENGTH) {
      return;
    }
    String option = pending;
    pending = null;
    if (text.isEmpty()) {
      show("''");
    } else if (option != null && (!text.startsWith("-") || isSecretName(option))) {
      value(option, text);
    } else if (text.equals("--")) {
      onlyArguments = true;
      show(text);
    } else if (text.startsWith("-") && text.length() > 1 && !onlyArguments) {
      option(text);
    } else {
      operand(text);
    }
  }

  /** What stands behind an option, which may as well be no value of it. */
  private void value(String option, String text) {
    if (isCommandOption(option)) {
      shellText(text);
    } else if (option.equals("-jar") && ofJvm || option.equals("-m") && isPython()) {
      mainSeen = true;
      show(isProgram(text) ? text : HIDDEN);
    } else if (option.equals("-D") && POSTGRES.contains(program)) {
      show(FILE.matcher(text).matches() ? text : HIDDEN);
    } else if (PLAIN_VALUE.contains(option) && NUMBER.matcher(text).matches()) {
      show(text);
    } else {
      show(HIDDEN);
    }
  }

  private boolean isCommandOption(String option) {
    return SHELLS.contains(program)
        && (option.equals("-c")
            || option.equals("-lc")
            || option.equals("-ic")
            || option.equals("/c"));
  }

  private boolean isPython() {
    return program.startsWith("python") || program.startsWith("pypy");
  }

  private void option(String text) {
    if (ofJvm && !mainSeen && jvmOption(text)) {
      return;
    }
    if (GO_TESTS.matcher(text).matches()) {
      show(text);
      return;
    }
    int equals = text.indexOf('=');
    if (equals > 0) {
      String name = text.substring(0, equals);
      boolean named = OPTION.matcher(name).matches();
      String value = text.substring(equals + 1);
      boolean plain = PLAIN_VALUE.contains(name) && NUMBER.matcher(value).matches();
      show(named ? name + "=" + (plain ? value : HIDDEN) : HIDDEN);
      return;
    }
    boolean wide = text.startsWith("--") || LONG_WITH_ONE_DASH.contains(text);
    if (wide || text.length() == 2) {
      boolean named = OPTION.matcher(text).matches() || text.length() == 2;
      show(named ? text : HIDDEN);
      pending = named ? text : null;
      return;
    }
    // One letter with its value behind it, or several letters: only the first is sure.
    if (SHELLS.contains(program) && text.matches("-[a-z]{1,3}c")) {
      show(text);
      pending = "-c";
    } else {
      show(Character.isLetter(text.charAt(1)) ? text.substring(0, 2) + HIDDEN : HIDDEN);
    }
  }

  /** Options of Java's launcher; false if it is none that is known. */
  private boolean jvmOption(String text) {
    if (OF_JVM.matcher(text).matches()) {
      show(text);
      return true;
    }
    if (text.startsWith("-D")) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      boolean named = OPTION.matcher(name).matches();
      show(named ? equals < 0 ? name : name + "=" + HIDDEN : HIDDEN);
      return true;
    }
    for (String agent : List.of("-javaagent:", "-agentpath:", "-agentlib:")) {
      if (text.startsWith(agent)) {
        int equals = text.indexOf('=');
        String file = text.substring(agent.length(), equals < 0 ? text.length() : equals);
        show(agent + (isProgram(file) ? file : HIDDEN) + (equals < 0 ? "" : "=" + HIDDEN));
        return true;
      }
    }
    if (text.startsWith("-X")) {
      int end = 2;
      while (end < text.length()
          && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == ':' && end == 3)) {
        end++;
      }
      show(text.substring(0, end) + HIDDEN);
      return true;
    }
    return false;
  }

  private void operand(String text) {
    Matcher assignment = ASSIGNMENT.matcher(text);
    if (WORKER.matcher(text).matches()) {
      show(text);
    } else if (assignment.matches()) {
      show(assignment.group(1) + "=" + HIDDEN);
    } else if (ofJvm && !mainSeen) {
      mainSeen = true;
      boolean main = MAIN_CLASS.matcher(text).matches() || text.endsWith(".jar") && isProgram(text);
      show(main ? text : HIDDEN);
    } else if (PREFIXES.contains(program) && isProgram(text) && !NUMBER.matcher(text).matches()) {
      program(text, false);
    } else if (SHELLS.contains(program) && text.equals("/c")) {
      show(text);
      pending = text;
    } else if (FILE.matcher(text).matches() || NUMBER.matcher(text).matches()) {
      show(text);
    } else {
      show(HIDDEN);
    }
  }

  /** Of what a shell is to run the name of the first program, if nothing else can be meant. */
  private void shellText(String text) {
    Matcher first =
        Pattern.compile("(?:exec\\s+)?((?:\\./|/)?[\\w./+-]{1,100})(\\s.*)?", Pattern.DOTALL)
            .matcher(text.strip());
    boolean known =
        first.matches()
            && (first.group(1).indexOf('/') >= 0 || first.group(2) != null)
            && !NUMBER.matcher(first.group(1)).matches();
    show(known ? first.group(1) + (first.group(2) == null ? "" : " " + HIDDEN) : HIDDEN);
  }

  private static boolean isSecretName(String option) {
    String name = option.toLowerCase(Locale.ROOT);
    return name.contains("pass")
        || name.contains("pw")
        || name.contains("secret")
        || name.contains("token")
        || name.contains("key")
        || name.contains("otp")
        || name.contains("jwt")
        || name.contains("auth")
        || name.contains("bearer")
        || name.contains("cred");
  }

  /** Several hidden ones in a row say no more than one. */
  private void show(String text) {
    if (text.equals(HIDDEN)
        && out.length() > 1
        && out.charAt(out.length() - 1) == '?'
        && out.charAt(out.length() - 2) == ' ') {
      return;
    }
    if (out.length() > 0) {
      out.append(' ');
    }
    out.append(text);
  }
}
