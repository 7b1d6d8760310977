// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.fix;

import io.memreport.model.log.OperatingSystem;
import io.memreport.model.log.SharedMemoryFailure;
import io.memreport.model.log.SharedMemoryResource;
import io.memreport.model.shared.SharedLimits;
import io.memreport.model.verdict.Fix;
import io.memreport.model.verdict.Fix.Setting;
import io.memreport.model.verdict.Fix.Snippet;
import io.memreport.model.verdict.FixKind;
import java.util.ArrayList;
import java.util.List;

/** What makes room for shared memory, a command or a setting in each place. */
public final class SharedMemoryFix {
  private static final String POSTGRES = "PostgreSQL";
  private static final long TWICE_THE_DEFAULT = 8192;

  /** Linux has no more, unless it was started with ipcmni_extend. */
  private static final long MOST_IDS = 32_768;

  private SharedMemoryFix() {}

  /** What to do, for a fix that has the commands. */
  public static String words(SharedMemoryFailure failure) {
    return isDevShm(failure)
        ? "Make /dev/shm larger, or let the program do without it."
        : "Remove the segments that nobody uses, and stop the servers that were left behind. If all"
            + " are in use, allow more.";
  }

  /**
   * For ids that ran out, and for a full {@code /dev/shm}; null for all else.
   *
   * @param limits that were recorded, or null
   */
  public static Fix of(SharedMemoryFailure failure, SharedLimits limits) {
    if (isDevShm(failure)) {
      return devShm(failure);
    }
    boolean ids =
        failure.resource() == SharedMemoryResource.SHMMNI
            || failure.resource() == SharedMemoryResource.SHMMNI_OR_SHMALL;
    return ids ? ids(failure, limits) : null;
  }

  private static boolean isDevShm(SharedMemoryFailure failure) {
    return failure.resource() == SharedMemoryResource.DEV_SHM;
  }

  private static Fix ids(SharedMemoryFailure failure, SharedLimits limits) {
    List<Snippet> snippets = new ArrayList<>();
    snippets.add(new Snippet("Who holds them", "memreport shm list"));
    snippets.add(new Snippet("Remove orphans", "memreport shm clean --yes"));
    if (failure.program() == null || POSTGRES.equals(failure.program())) {
      snippets.add(new Snippet("Stop a server", "pg_ctl -D DIR stop -m immediate"));
    }
    List<Setting> settings = List.of();
    long most = limits == null || limits.shmmni() == null ? 0 : limits.shmmni();
    if (failure.os() == OperatingSystem.LINUX && most < MOST_IDS) {
      String more = Long.toString(Math.min(MOST_IDS, Math.max(TWICE_THE_DEFAULT, 2 * most)));
      settings =
          List.of(new Setting("kernel.shmmni", most == 0 ? null : Long.toString(most), more));
      snippets.add(new Snippet("Allow more", "sudo sysctl -w kernel.shmmni=" + more));
      snippets.add(new Snippet("In a container", "docker run --sysctl kernel.shmmni=" + more));
    }
    return new Fix(FixKind.SHARED_MEMORY, settings, null, List.copyOf(snippets));
  }

  private static Fix devShm(SharedMemoryFailure failure) {
    List<Snippet> snippets = new ArrayList<>();
    snippets.add(new Snippet("Docker", "docker run --shm-size=1g"));
    snippets.add(new Snippet("Compose", "shm_size: 1gb"));
    snippets.add(new Snippet("GitHub Actions", "options: --shm-size=1g"));
    snippets.add(
        new Snippet(
            "Kubernetes",
            "volumes:\n- name: shm\n  emptyDir: {medium: Memory, sizeLimit: 1Gi}"
                + "\nvolumeMounts:\n- name: shm\n  mountPath: /dev/shm"));
    if (POSTGRES.equals(failure.program())) {
      snippets.add(new Snippet("PostgreSQL", "SET max_parallel_workers_per_gather = 0;"));
    } else if ("Chromium".equals(failure.program())) {
      snippets.add(new Snippet("Chromium", "--disable-dev-shm-usage"));
    } else if ("PyTorch".equals(failure.program())) {
      snippets.add(new Snippet("PyTorch", "DataLoader(dataset, num_workers=0)"));
    }
    return new Fix(
        FixKind.SHARED_MEMORY,
        List.of(new Setting("size of /dev/shm", null, "1 GiB")),
        null,
        List.copyOf(snippets));
  }
}
