// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.run;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.memory.Cgroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A scope with a limit that the user's own systemd made, and that a process of ours keeps until
 * this is closed: it is there before the command starts, and its counters can still be read after
 * the command's end.
 */
final class SystemdScope implements AutoCloseable {
  private static final String INSIDE = "inside";

  /** The holder ends at the end of its input; it only has to be given a processor. */
  private static final int SECONDS = 5;

  private final String program;
  private final Process holder;
  private final Cgroup cgroup;

  private SystemdScope(String program, Process holder) {
    this.program = program;
    this.holder = holder;
    cgroup = Cgroup.of(holder.pid());
  }

  /**
   * Makes it.
   *
   * @param program systemd-run
   * @throws IOException if systemd can't be asked, or may not limit memory
   */
  static SystemdScope hold(String program, long limitBytes) throws IOException {
    Process holder =
        new ProcessBuilder(
                program,
                "--user",
                "--scope",
                "--quiet",
                "--collect",
                "--unit=memreport-" + ProcessHandle.current().pid(),
                "-p",
                "MemoryMax=" + limitBytes,
                "-p",
                "MemorySwapMax=0",
                "/bin/sh",
                "-c",
                "echo " + INSIDE + "; exec cat > /dev/null")
            .redirectErrorStream(true)
            .start();
    String said = "it said nothing";
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals(INSIDE)) {
        SystemdScope scope = new SystemdScope(program, holder);
        long limit = scope.cgroup.limit();
        if (limit != MemreportEvent.UNKNOWN && limit <= limitBytes) {
          return scope;
        }
        scope.close();
        throw new IOException("the user's systemd may not limit memory");
      }
      said = line;
    }
    throw new IOException(program + " --user --scope: " + said);
  }

  Cgroup cgroup() {
    return cgroup;
  }

  /**
   * What starts a command, in a scope of its own. From there it may enter this one: a process of
   * the user's session, which is not the user's to move, may not.
   */
  List<String> start() {
    return List.of(program, "--user", "--scope", "--quiet", "--collect", "--");
  }

  /** The scope goes with its last process. */
  @Override
  public void close() {
    try {
      holder.getOutputStream().close();
      holder.waitFor(SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      // It has ended.
      holder.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
