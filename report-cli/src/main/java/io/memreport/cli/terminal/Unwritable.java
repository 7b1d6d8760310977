// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What to say of a report that can't be written. */
public final class Unwritable {
  private Unwritable() {}

  /** In a line: where, why, what to do. */
  public static String report(Path folder, IOException e) {
    return folder + ": the report can't be written: " + why(e);
  }

  private static String why(IOException e) {
    String reason = e.getMessage();
    if (e instanceof FileSystemException in) {
      String what =
          e instanceof AccessDeniedException
              ? "this user may not write it"
              : in.getReason() == null ? "it is no folder" : in.getReason();
      reason = in.getFile() + ": " + what;
    }
    return reason + "; give another folder with --output";
  }
}
