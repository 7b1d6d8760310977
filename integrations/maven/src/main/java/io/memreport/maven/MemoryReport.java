// SPDX-License-Identifier: Apache-2.0
package io.memreport.maven;

import java.nio.file.Path;
import org.apache.maven.AbstractMavenLifecycleParticipant;
import org.apache.maven.MavenExecutionException;
import org.apache.maven.execution.MavenSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Maven calls before and after a build. */
public final class MemoryReport extends AbstractMavenLifecycleParticipant {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryReport.class);

  private TestRuns runs;

  @Override
  public void afterProjectsRead(MavenSession session) {
    try {
      listen(session);
    } catch (RuntimeException | LinkageError e) {
      // A build without a project has no folder for reports.
      LOG.warn("memreport: nothing is recorded in this build: {}", e.toString());
      LOG.debug("memreport", e);
    }
  }

  private void listen(MavenSession session) {
    Options options = Options.of(session);
    if (options.skip()) {
      return;
    }
    runs = new TestRuns(options, folder(session));
    session
        .getRequest()
        .setExecutionListener(
            MojoListener.before(session.getRequest().getExecutionListener(), runs));
  }

  /** Called after a build that failed, too. */
  @Override
  public void afterSessionEnd(MavenSession session) throws MavenExecutionException {
    if (runs == null) {
      return;
    }
    String failure;
    try {
      failure = runs.explain();
    } catch (Exception | LinkageError e) {
      LOG.warn("memreport: the recordings can't be explained: {}", e.toString());
      LOG.debug("memreport", e);
      return;
    }
    if (failure != null) {
      throw new MavenExecutionException(failure, session.getTopLevelProject().getFile());
    }
  }

  private static Path folder(MavenSession session) {
    return Path.of(session.getTopLevelProject().getBuild().getDirectory(), "memreport");
  }
}
