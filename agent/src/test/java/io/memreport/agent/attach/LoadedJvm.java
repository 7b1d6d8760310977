// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.attach;

import com.sun.tools.attach.VirtualMachine;
import io.memreport.agent.WatchedJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A JVM under load, as the kernel and the JVM itself show it. */
final class LoadedJvm implements AutoCloseable {
  private final Process process;
  private final Path javaHome;
  private final BufferedReader out;
  private final Path digestAgent;

  private LoadedJvm(Process process, Path javaHome, Path digestAgent) {
    this.process = process;
    this.javaHome = javaHome;
    this.digestAgent = digestAgent;
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  static LoadedJvm start(Path javaHome, Path folder, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin/java").toString());
    command.addAll(List.of("-XX:+EnableDynamicAgentLoading", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LoadProgram.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("stderr.txt").toFile()).start();
    LoadedJvm jvm = new LoadedJvm(process, javaHome, digestAgent(folder));
    if (!"ready".equals(jvm.out.readLine())) {
      throw new IllegalStateException(Files.readString(folder.resolve("stderr.txt")));
    }
    return jvm;
  }

  private static Path digestAgent(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Agent-Class", DigestAgent.class.getName());
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    Path jar = folder.resolve("digest-agent.jar");
    String base = DigestAgent.class.getName().replace('.', '/');
    try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (String name : List.of(base + ".class", base + "$1.class")) {
        entries.putNextEntry(new JarEntry(name));
        try (InputStream bytes = DigestAgent.class.getResourceAsStream("/" + name)) {
          bytes.transferTo(entries);
        }
      }
    }
    return jar;
  }

  void attach(String options) throws Exception {
    load(WatchedJvm.agentJar(), options);
  }

  /** A line for each class of the driver. */
  List<String> digests(Path file) throws Exception {
    load(digestAgent, file.toString());
    return Files.readAllLines(file);
  }

  private void load(Path agent, String options) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
    try {
      machine.loadAgent(agent.toString(), options);
    } finally {
      machine.detach();
    }
  }

  /** As the kernel names them: the first 15 characters. */
  Set<String> threads() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> tasks = Files.list(proc("task"))) {
      for (Path task : tasks.toList()) {
        names.add(Files.readString(task.resolve("comm")).strip());
      }
    }
    return names;
  }

  /** What the open files are. */
  List<String> files() throws IOException {
    List<String> links = new ArrayList<>();
    try (Stream<Path> files = Files.list(proc("fd"))) {
      for (Path file : files.toList()) {
        try {
          links.add(Files.readSymbolicLink(file).toString());
        } catch (IOException e) {
          // Closed since: the program opens databases all the time.
          continue;
        }
      }
    }
    return links;
  }

  boolean maps(String part) throws IOException {
    return Files.readString(proc("maps"), StandardCharsets.ISO_8859_1).contains(part);
  }

  /** Words in the data of SQLite's library that are addresses inside the shim. */
  int pointersIntoShim() throws IOException {
    List<long[]> shim = new ArrayList<>();
    List<long[]> data = new ArrayList<>();
    for (String line : Files.readAllLines(proc("maps"), StandardCharsets.ISO_8859_1)) {
      String[] words = line.split("\\s+", 6);
      String[] range = words[0].split("-");
      long[] addresses = {
        Long.parseUnsignedLong(range[0], 16), Long.parseUnsignedLong(range[1], 16)
      };
      String file = words.length > 5 ? words[5] : "";
      if (file.contains("/memreport-") && file.contains(".so")) {
        shim.add(addresses);
      } else if (file.contains("libsqlitejdbc.so")
          && !words[1].contains("x")
          && words[1].startsWith("r")) {
        data.add(addresses);
      }
    }
    int found = 0;
    try (RandomAccessFile memory = new RandomAccessFile(proc("mem").toFile(), "r")) {
      for (long[] range : data) {
        byte[] bytes = new byte[(int) (range[1] - range[0])];
        memory.seek(range[0]);
        memory.readFully(bytes);
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        while (words.remaining() >= Long.BYTES) {
          long word = words.getLong();
          found += shim.stream().anyMatch(s -> word >= s[0] && word < s[1]) ? 1 : 0;
        }
      }
    }
    return found;
  }

  /** Classes of the boot loader, where the recorder's are, and loaders, as the weaver has one. */
  long[] bootClassesAndLoaders() throws Exception {
    String text = jcmd("VM.classloader_stats");
    long[] found = new long[2];
    for (String line : text.split("\n")) {
      if (line.contains("<boot class loader>")) {
        found[0] = Long.parseLong(line.strip().split("\\s+")[3]);
      }
      if (line.startsWith("0x") && !line.contains("DelegatingClassLoader")) {
        found[1]++;
      }
    }
    return found;
  }

  void collect() throws Exception {
    jcmd("GC.run");
  }

  private String jcmd(String command) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                javaHome.resolve("bin/jcmd").toString(), Long.toString(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(jcmd.getInputStream(), StandardCharsets.UTF_8))) {
      String text = String.join("\n", lines.lines().toList());
      if (jcmd.waitFor() != 0) {
        throw new IllegalStateException(text);
      }
      return text;
    }
  }

  /** Ends it: the program's own count. */
  String end() throws Exception {
    try (OutputStream in = process.getOutputStream()) {
      in.write('\n');
    }
    String line = out.readLine();
    process.waitFor();
    return line;
  }

  private Path proc(String name) {
    return Path.of("/proc", Long.toString(process.pid()), name);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
