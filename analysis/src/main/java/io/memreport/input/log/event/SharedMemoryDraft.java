// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.event;

import io.memreport.model.log.OperatingSystem;
import io.memreport.model.log.SharedMemoryFailure;
import io.memreport.model.log.SharedMemoryResource;

/** A failure to get shared memory while its lines come in. */
public final class SharedMemoryDraft {
  public static final String POSTGRESQL = "PostgreSQL";

  public static final String CHROMIUM = "Chromium";
  public static final String NGINX = "nginx";

  public final String program;
  public final String call;
  public final String errno;
  public Long key;
  public Long id;
  public Long sizeBytes;
  public String segmentName;
  public SharedMemoryResource resource;
  public OperatingSystem os;
  public String statement;
  public Long backendPid;
  public boolean earlySignature;

  /** Whether it is known to be one of a few bytes, though the text has no number. */
  public boolean smallSegment;

  /** The time in the program's own words: with its process it tells one message from another. */
  public String stamp;

  public SharedMemoryDraft(String program, String call, String errno) {
    this.program = program;
    this.call = call;
    this.errno = errno;
  }

  /** Chromium's files in /dev/shm have its name, whoever tells of them. */
  public boolean isOfBrowser() {
    return CHROMIUM.equals(program)
        || segmentName != null
            && (segmentName.contains("chromium") || segmentName.contains("chrome"));
  }

  /** Whether the text has what comes of it, and no error of the system. */
  public boolean isEffect() {
    return errno == null && call == null && id == null && program != null;
  }

  public boolean isOfPostgres() {
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
