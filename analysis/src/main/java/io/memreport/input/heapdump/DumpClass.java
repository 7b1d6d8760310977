// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.heapdump;

import java.util.List;

/**
 * A class as a dump describes it.
 *
 * @param name as source code names it
 * @param superId 0 if there is none
 * @param loaderId 0 for the JVM's own loader
 * @param fields those that it declares, in the order of their values in its instances
 * @param statics that refer to something
 * @param refers to what else its mirror refers: its loader, signers, its protection domain
 * @param staticBytes what its static fields take in the file
 */
record DumpClass(
    long id,
    String name,
    long superId,
    long loaderId,
    List<Field> fields,
    List<Static> statics,
    long[] refers,
    int staticBytes) {
  record Field(String name, int type) {}

  record Static(String name, long value) {}

  /** A class of which a dump tells nothing but its name, as those of arrays of numbers. */
  static DumpClass named(String name) {
    return new DumpClass(0, name, 0, 0, List.of(), List.of(), new long[0], 0);
  }

  boolean isArray() {
    return name.endsWith("[]");
  }
}
