// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.box;

/** What the box keeps the ends of, beside tests. Add at the end only: the ordinal is written. */
public enum BoxEnd {
  CONNECTION,
  PROCESS
}
