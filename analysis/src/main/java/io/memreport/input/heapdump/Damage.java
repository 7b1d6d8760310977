// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

/** A record says what no JVM writes. */
final class Damage extends RuntimeException {
  private static final long serialVersionUID = 1;

  Damage(String what) {
    super(what);
  }
}
