// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

/** Shared memory that outlives the processes that use it. */
public sealed interface ShmObject permits SysvShm, PosixShm {
  ShmKind kind();

  /** What {@code ipcrm -m} takes, or the path below {@code /dev/shm}. */
  String name();

  long bytes();

  /** Whether it is still the same one, unchanged, and not another that took its name. */
  boolean isSame(ShmObject other);
}
