// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.proc.ProcFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Who this process is, and whom it trusts with files: itself and root.
 *
 * @param self its user
 * @param unmapped the user that the kernel shows for all that have no number in the user namespace
 *     of this process, or -1 if each has one
 * @param groups lines of {@code group(5)}
 */
record Users(int self, int unmapped, List<String> groups) {
  private static final int ROOT = 0;
  private static final int NONE = -1;
  private static final long ALL_USERS = 0xffff_ffffL;

  static Users ofThisProcess() throws IOException {
    return new Users(
        ownUser(),
        unmapped(
            lines(ProcFile.ROOT + "/self/uid_map"),
            lines(ProcFile.ROOT + "/sys/kernel/overflowuid")),
        lines("/etc/group"));
  }

  private static int ownUser() throws IOException {
    ProcFile status = new ProcFile(ProcFile.ROOT + "/self/status");
    long user = status.read() ? status.number("Uid:") : MemreportEvent.UNKNOWN;
    if (user != MemreportEvent.UNKNOWN) {
      return (int) user;
    }
    Path own = Files.createTempFile("memreport-", null);
    try {
      return (int) Files.getAttribute(own, "unix:uid");
    } finally {
      Files.delete(own);
    }
  }

  /** See user_namespaces(7): first number inside, first outside, how many. */
  static int unmapped(List<String> map, List<String> overflow) {
    long users = 0;
    for (String line : map) {
      String[] numbers = line.strip().split("\\s+");
      users += Long.parseLong(numbers[2]);
    }
    return map.isEmpty() || overflow.isEmpty() || users >= ALL_USERS
        ? NONE
        : Integer.parseInt(overflow.get(0).strip());
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * Whether a file of this user can be trusted. In a user namespace the machine's root has no
   * number, like everybody else outside: who may not be told apart is trusted there.
   */
  boolean trust(int user) {
    return user == self || user == ROOT || (unmapped != NONE && user == unmapped);
  }

  /**
   * Whether a group is this user's alone, as many systems give one to each user, with a umask that
   * lets it write. The group of root is not: containers put users of any number into it.
   */
  boolean isPrivate(int group) {
    if (group != self || self == ROOT) {
      return false;
    }
    for (String line : groups) {
      String[] fields = line.split(":", -1);
      if (fields.length == 4 && fields[2].equals(Integer.toString(group))) {
        return fields[3].isEmpty() || fields[3].equals(fields[0]);
      }
    }
    return false;
  }
}
