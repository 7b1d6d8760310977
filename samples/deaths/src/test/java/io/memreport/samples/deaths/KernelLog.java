// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the kernel says from one moment on, as {@code dmesg} prints it. */
record KernelLog(List<String> before) {

  /** Skips the test where the log can't be read. */
  static KernelLog fromNow() throws IOException, InterruptedException {
    return new KernelLog(read());
  }

  /** The lines since then; what other processes were killed for meanwhile is among them. */
  List<String> since() throws IOException, InterruptedException {
    List<String> now = read();
    int known = before.isEmpty() ? 0 : now.lastIndexOf(before.get(before.size() - 1)) + 1;
    return now.subList(known, now.size());
  }

  private static List<String> read() throws IOException, InterruptedException {
    Process dmesg;
    try {
      dmesg = new ProcessBuilder("dmesg").redirectErrorStream(true).start();
    } catch (IOException e) {
      throw Skip.because("the kernel's log can't be read: " + e.getMessage());
    }
    String text = new String(dmesg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (dmesg.waitFor() != 0) {
      throw Skip.because("the kernel's log can't be read: " + text.strip());
    }
    return text.lines().toList();
  }
}
