// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.UnmodifiableClassException;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;

/**
 * Does work of the agent in the name of the agent, whatever application code is on the stack: under
 * a security manager that code may be allowed nothing (JEP 411).
 */
final class Privileged {
  private Privileged() {}

  /** Work that weaves a class. */
  interface Work {
    byte[] call() throws IllegalClassFormatException;
  }

  /** Likewise work that may be refused. */
  interface Change {
    void make() throws UnmodifiableClassException;
  }

  @SuppressWarnings("removal")
  static void run(Change change) throws UnmodifiableClassException {
    if (System.getSecurityManager() == null) {
      change.make();
      return;
    }
    try {
      AccessController.doPrivileged(
          (PrivilegedExceptionAction<Void>)
              () -> {
                change.make();
                return null;
              });
    } catch (PrivilegedActionException e) {
      throw new IllegalStateException(e.getException());
    }
  }

  @SuppressWarnings("removal")
  static byte[] call(Work work) throws IllegalClassFormatException {
    if (System.getSecurityManager() == null) {
      return work.call();
    }
    try {
      return AccessController.doPrivileged((PrivilegedExceptionAction<byte[]>) work::call);
    } catch (PrivilegedActionException e) {
      throw new IllegalStateException(e.getException());
    }
  }
}
