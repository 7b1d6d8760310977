// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import java.time.Instant;

/** Process memory by kind at one instant of one run. */
public record MemorySample(
    String runId,
    Instant at,
    Long rssBytes,
    Long javaHeapBytes,
    Long metaspaceBytes,
    Long codeCacheBytes,
    Long directBufferBytes,
    Long sqliteBytes,
    Long sharedBytes,
    Long cgroupBytes,
    Long limitBytes) {}
