// SPDX-License-Identifier: Apache-2.0
package fake;

/** A driver's statement: what it calls stands where woven code would call a hook. */
public class FakeStatement {
  public void execute(Runnable woven) {
    woven.run();
  }

  public void close(Runnable woven) {
    woven.run();
  }
}
