// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

import java.io.File;
import java.util.Arrays;

/**
 * Where SQLite puts its temporary files by the environment of the process: the first of these that
 * is a directory to write to, https://www.sqlite.org/tempfiles.html. The deprecated PRAGMA
 * temp_store_directory, which would come before all of them, is not looked at.
 */
public final class TempDirectory {
  private TempDirectory() {}

  /** Its absolute path; null if there is none, or where SQLite asks the system instead. */
  public static String find() {
    return File.separatorChar == '/'
        ? first(System.getenv("SQLITE_TMPDIR"), System.getenv("TMPDIR"))
        : null;
  }

  /** Each may be null: it is not set. */
  static String first(String ofSqlite, String ofSystem) {
    for (String name : Arrays.asList(ofSqlite, ofSystem, "/var/tmp", "/usr/tmp", "/tmp", ".")) {
      File directory = name == null ? null : new File(name);
      if (directory != null
          && directory.isDirectory()
          && directory.canWrite()
          && directory.canExecute()) {
        return directory.toPath().toAbsolutePath().normalize().toString();
      }
    }
    return null;
  }
}
