// SPDX-License-Identifier: Apache-2.0
package io.memreport.sizing;

/** Figures that can't all be true; the message is one line that says which. */
public final class ContradictionException extends Exception {
  private static final long serialVersionUID = 1;

  ContradictionException(String message) {
    super(message);
  }
}
