// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The PostgreSQL server behind a segment.
 *
 * @param stop the command that stops it, if it is abandoned, else null
 */
public record ShmServer(
    long pid,
    String user,
    String dataDirectory,
    String version,
    Long parentPid,
    String stop,
    @JsonIgnore PostgresServer facts) {}
