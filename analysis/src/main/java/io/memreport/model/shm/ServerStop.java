// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

/**
 * An abandoned server and what became of it.
 *
 * @param command that stops it, to be run as its user; null if its folder's name can't be shown
 */
public record ServerStop(
    long pid,
    String user,
    String dataDirectory,
    String command,
    ShmOutcome outcome,
    String reason) {}
