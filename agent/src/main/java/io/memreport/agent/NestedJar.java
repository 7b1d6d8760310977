// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.util.jar.JarFile;

/**
 * Files inside the agent's jar that the JVM wants as files of their own. They exist for a moment
 * only, readable by their user: the JVM goes on with the open file.
 */
final class NestedJar {
  private NestedJar() {}

  /** Lets the boot loader find the classes of a nested jar. */
  static void appendToBootLoader(String name, Instrumentation instrumentation) throws IOException {
    File file = extract("/" + name, ".jar");
    try (JarFile jar = new JarFile(file, false)) {
      instrumentation.appendToBootstrapClassLoaderSearch(jar);
    }
    discard(file);
  }

  /** Copies a resource of the agent's jar to a private file. */
  static File extract(String resource, String suffix) throws IOException {
    try (InputStream in = NestedJar.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException(resource + " in the agent's jar");
      }
      // Unlike File.createTempFile this one can be read by nobody else.
      File file = Files.createTempFile("memreport-", suffix).toFile();
      try (OutputStream out = new FileOutputStream(file)) {
        in.transferTo(out);
      }
      return file;
    }
  }

  /** Removes a file that the JVM has opened; where that is not possible, at its end. */
  static void discard(File file) {
    if (!file.delete()) {
      file.deleteOnExit();
    }
  }
}
