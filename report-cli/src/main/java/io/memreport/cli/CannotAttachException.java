// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

/** A JVM that can't be recorded; the message is one line that says why and what to do. */
final class CannotAttachException extends Exception {
  private static final long serialVersionUID = 1;

  CannotAttachException(String message) {
    super(message);
  }
}
