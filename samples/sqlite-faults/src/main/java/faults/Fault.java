// SPDX-License-Identifier: Apache-2.0
package faults;

import java.nio.file.Path;

/**
 * One thing that is set or used wrongly, and how it is right.
 *
 * @param finding the finding that it should get
 */
record Fault(String finding, Act act) {
  /** Does it. */
  interface Act {
    /**
     * Leaves open what must be seen open: {@link Faults#keep}.
     *
     * @param file a database of its own
     * @param fixed whether to do it right
     */
    void commit(Path file, boolean fixed) throws Exception;
  }
}
