// SPDX-License-Identifier: Apache-2.0
package service;

/** A request was given up. */
final class TimedOutException extends Exception {
  private static final long serialVersionUID = 1;
}
