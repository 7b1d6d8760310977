// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import io.memreport.model.log.OperatingSystem;
import io.memreport.model.log.SharedMemoryFailure;
import io.memreport.model.log.SharedMemoryResource;

/** A failure to get shared memory while its lines come in. */
final class SharedMemoryDraft {
  static final String POSTGRESQL = "PostgreSQL";

  final String program;
  final String call;
  final String errno;
  Long key;
  Long id;
  Long sizeBytes;
  String segmentName;
  SharedMemoryResource resource;
  OperatingSystem os;
  String statement;
  Long backendPid;
  boolean earlySignature;

  /** Whether it is known to be one of a few bytes, though the text has no number. */
  boolean smallSegment;

  /** The time in the program's own words: with its process it tells one message from another. */
  String stamp;

  SharedMemoryDraft(String program, String call, String errno) {
    this.program = program;
    this.call = call;
    this.errno = errno;
  }

  boolean isOfPostgres() {
    return POSTGRESQL.equals(program);
  }

  SharedMemoryFailure build() {
    return new SharedMemoryFailure(
        program,
        call,
        errno,
        key,
        id,
        sizeBytes,
        segmentName,
        resource,
        os,
        statement,
        backendPid,
        earlySignature);
  }
}
