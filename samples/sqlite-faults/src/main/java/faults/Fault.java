// SPDX-License-Identifier: Apache-2.0
package faults;

import java.nio.file.Path;

/** One thing that is set or used wrongly, and how it is right. */
interface Fault {
  /** The finding that it should get. */
  String finding();

  /**
   * Does it, and leaves open what must be seen open: {@link Faults#keep}.
   *
   * @param folder for its database, its own
   * @param fixed whether to do it right
   */
  void commit(Path folder, boolean fixed) throws Exception;
}
