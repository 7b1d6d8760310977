// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import io.memreport.model.PostMortem;
import io.memreport.report.ReportFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The pages of the CI server that this process runs on, as its variables tell. */
public final class CiPages {
  /** By which the one comment on a pull request is found again. */
  private static final String MARKER = "<!-- memreport -->\n";

  private final Map<String, String> environment;
  private final Path sources;
  private final Server server;

  /**
   * @param environment with the server's variables
   * @param sources where the sources are; null for the server's checkout
   */
  public CiPages(Map<String, String> environment, Path sources) {
    this.environment = environment;
    this.sources = sources;
    server = Server.of(environment);
  }

  /** Whether there is a server that is known. */
  public boolean isKnown() {
    return server != Server.NONE;
  }

  /** What the server is called. */
  public String server() {
    return server.label();
  }

  /**
   * Writes and prints what the server reads, and {@code comment.md} for a pull request.
   *
   * @param folder of the report, which is written
   * @param out the job's log
   */
  public void show(PostMortem postMortem, ReportFolder folder, PrintWriter out) throws IOException {
    Files.writeString(
        folder.path().resolve("comment.md"),
        MARKER + Files.readString(folder.path().resolve("summary.md")));
    server.publish(
        new Publication(
            postMortem,
            folder,
            Annotation.of(postMortem, new SourceTree(sources == null ? checkout() : sources)),
            environment,
            out));
    out.flush();
  }

  private Path checkout() {
    for (String variable :
        List.of("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY", "WORKSPACE")) {
      String folder = environment.get(variable);
      if (folder != null && !folder.isEmpty()) {
        return Path.of(folder);
      }
    }
    return Path.of("");
  }
}
