// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What kind of file system files lie on, as the system's mount table names it: ext4, tmpfs, nfs4.
 */
public final class FileSystemType {
  /** Tests may open a new file each: beyond so many all are forgotten. */
  private static final int MOST = 256;

  private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

  private FileSystemType() {}

  /** Null if the file is not there or its mount is not known. Asks once for each name. */
  public static String of(String file) {
    String known = KNOWN.get(file);
    if (known == null) {
      known = ask(file);
      if (known != null) {
        if (KNOWN.size() >= MOST) {
          KNOWN.clear();
        }
        KNOWN.put(file, known);
      }
    }
    return known;
  }

  private static String ask(String file) {
    try {
      Path path = FileSystems.getDefault().getPath(file);
      return Files.exists(path) ? Files.getFileStore(path).type() : null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
