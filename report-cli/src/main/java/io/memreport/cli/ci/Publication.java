// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import io.memreport.model.PostMortem;
import io.memreport.report.ReportFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a CI server is told.
 *
 * @param folder of the report, which is written
 * @param annotations of findings, the worst first
 * @param environment of this process
 * @param out the job's log, in which some servers look for commands
 */
record Publication(
    PostMortem postMortem,
    ReportFolder folder,
    List<Annotation> annotations,
    Map<String, String> environment,
    PrintWriter out) {

  Path file(String name) {
    return folder.path().resolve(name).toAbsolutePath();
  }

  /** A variable of the server; empty if it is not set. */
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  String headline() {
    return postMortem.verdict().headline();
  }
}
