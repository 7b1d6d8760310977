// SPDX-License-Identifier: Apache-2.0
package io.memreport.gradle;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.gradle.api.provider.Provider;

/** What the JVMs of one Test task record, and by which arguments they do. */
final class Recording {
  private final File agent;
  private final Provider<File> runs;
  private final Provider<String> options;

  /**
   * @param runs where their run folders go
   * @param options of the agent; absent if nothing is to be recorded
   */
  Recording(File agent, Provider<File> runs, Provider<String> options) {
    this.agent = agent;
    this.runs = runs;
    this.options = options;
  }

  File agent() {
    return agent;
  }

  File runs() {
    return runs.get();
  }

  /** Of the agent; null if nothing is to be recorded. */
  String options() {
    return options.getOrNull();
  }

  /** Arguments for the JVM. The folder has one of its own: a comma in its name parts nothing. */
  List<String> arguments() {
    String said = options();
    return said == null
        ? Collections.emptyList()
        : Arrays.asList(
            "-javaagent:" + agent + (said.isEmpty() ? "" : "=" + said),
            "-Dmemreport.out=" + runs());
  }

  /** What an earlier build left is not of these tests. */
  void begin() throws IOException {
    NestedJar.AGENT.copyTo(agent);
    Path folder = runs().toPath();
    if (Files.isDirectory(folder)) {
      Files.walkFileTree(folder, new Deletion());
    }
  }

  /** Follows no links. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
