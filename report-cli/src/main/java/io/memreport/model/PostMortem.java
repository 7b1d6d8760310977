// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import java.util.List;

/** All that a report says: schema {@code memreport/1}. */
public record PostMortem(
    String schema,
    Verdict verdict,
    List<Run> runs,
    List<TestResult> tests,
    List<Query> queries,
    List<Connection> connections,
    Shared shared,
    List<NativeLibrary> nativeLibraries,
    List<Finding> findings,
    Quality quality,
    Timeline timeline,
    List<LiveThread> liveThreads) {}
