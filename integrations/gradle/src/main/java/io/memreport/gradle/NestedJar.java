// SPDX-License-Identifier: Apache-2.0
package io.memreport.gradle;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Jars that the plugin's own jar holds. */
enum NestedJar {
  AGENT("memreport-agent.jar"),
  COMMAND("memreport.jar");

  private final String fileName;

  NestedJar(String fileName) {
    this.fileName = fileName;
  }

  /**
   * Where it is once {@link #copyTo} was called: outside of any build folder, which a build may
   * delete at any time, in a folder of this content.
   *
   * @param home Gradle's folder of this user
   */
  File in(File home) throws IOException {
    URLConnection connection = resource().openConnection();
    connection.setUseCaches(false);
    long content = connection.getLastModified();
    if (connection instanceof JarURLConnection) {
      JarURLConnection jar = (JarURLConnection) connection;
      content = jar.getJarEntry().getCrc();
      jar.getJarFile().close();
    }
    return new File(home, "memreport/" + Long.toHexString(content) + "/" + fileName);
  }

  /** Writes it, unless it is there; two builds may do so at once. */
  void copyTo(File file) throws IOException {
    if (file.isFile()) {
      return;
    }
    Path folder = file.getParentFile().toPath();
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, fileName, ".part");
    URLConnection connection = resource().openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file.toPath(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private URL resource() throws FileNotFoundException {
    URL resource = NestedJar.class.getResource("/" + fileName);
    if (resource == null) {
      throw new FileNotFoundException("the plugin's jar has no " + fileName);
    }
    return resource;
  }
}
