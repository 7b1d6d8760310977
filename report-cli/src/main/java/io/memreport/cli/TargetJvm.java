// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** A JVM that is attached to, for the time of a few calls. */
final class TargetJvm implements AutoCloseable {
  /** Set by the agent: where its run records. */
  private static final String RUN = "memreport.run";

  /** Set by the agent: an attach began the run, or changed its options. */
  private static final String ATTACHED = "memreport.attached";

  /** Set by the agent: why nothing is recorded. */
  private static final String ERROR = "memreport.error";

  /** The agent's argument that ends a run. */
  private static final String STOP = "stop";

  private static final int OLDEST = 17;

  private final long pid;
  private final VirtualMachine machine;

  private TargetJvm(long pid, VirtualMachine machine) {
    this.pid = pid;
    this.machine = machine;
  }

  static TargetJvm attach(long pid) throws CannotAttachException {
    if (ModuleLayer.boot().findModule("jdk.attach").isEmpty()) {
      throw new CannotAttachException(
          "the Java that runs memreport has no module jdk.attach: run it with a JDK");
    }
    String refusal = new TargetProcess(pid).refusal();
    if (refusal != null) {
      throw new CannotAttachException(refusal);
    }
    try {
      return new TargetJvm(pid, VirtualMachine.attach(Long.toString(pid)));
    } catch (AttachNotSupportedException | IOException e) {
      throw new CannotAttachException(
          "process " + pid + " does not let itself be attached to: " + why(e));
    }
  }

  /** Where a run records there, or null if none does. */
  Path run() throws CannotAttachException {
    String folder = properties().getProperty(RUN);
    return folder == null ? null : Path.of(folder);
  }

  /** Whether an attach that is not over began the run, or changed its options. */
  boolean isAttachedTo() throws CannotAttachException {
    return properties().getProperty(ATTACHED) != null;
  }

  /** Where a run may go that this JVM's user can write. */
  Path temporaryFolder() throws CannotAttachException {
    return Path.of(properties().getProperty("java.io.tmpdir"));
  }

  /**
   * Loads the agent, which begins a run or gives the one that is there other options.
   *
   * @return the run folder
   */
  Path start(Path agent, String options) throws CannotAttachException {
    String version = properties().getProperty("java.specification.version", "");
    if (version.startsWith("1.") || Integer.parseInt(version) < OLDEST) {
      throw new CannotAttachException(
          "process "
              + pid
              + " runs on Java "
              + version
              + "; memreport needs "
              + OLDEST
              + " or later");
    }
    if (!Files.isRegularFile(agent)) {
      throw new CannotAttachException(agent + " is missing; run ./memreport attach in a checkout");
    }
    load(agent, options);
    Properties after = properties();
    if (after.getProperty(RUN) == null) {
      throw new CannotAttachException(
          after.getProperty(ERROR, "the agent says nothing; the JVM's stderr may tell why"));
    }
    return Path.of(after.getProperty(RUN));
  }

  /** Ends the run that an attach began. */
  void stop(Path agent) throws CannotAttachException {
    load(agent, STOP);
  }

  private void load(Path agent, String options) throws CannotAttachException {
    try {
      machine.loadAgent(agent.toAbsolutePath().toString(), options);
    } catch (AgentLoadException e) {
      String reason = String.valueOf(e.getMessage());
      throw new CannotAttachException(
          reason.contains("Dynamic agent loading is not enabled")
              ? "process "
                  + pid
                  + " was started with -XX:-EnableDynamicAgentLoading: it can only be recorded from its"
                  + " start, with -javaagent"
              : "process " + pid + " did not load the agent: " + reason);
    } catch (AgentInitializationException | IOException e) {
      throw new CannotAttachException("process " + pid + " did not start the agent: " + why(e));
    }
  }

  private Properties properties() throws CannotAttachException {
    try {
      return machine.getSystemProperties();
    } catch (IOException e) {
      throw new CannotAttachException("process " + pid + " no longer answers: " + why(e));
    }
  }

  private static String why(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage().split("\n", 2)[0];
  }

  @Override
  public void close() {
    try {
      machine.detach();
    } catch (IOException e) {
      // It is gone, and the connection to it with it.
      return;
    }
  }
}
