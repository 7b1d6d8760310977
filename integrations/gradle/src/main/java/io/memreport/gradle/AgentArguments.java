// SPDX-License-Identifier: Apache-2.0
package io.memreport.gradle;

import java.io.File;
import java.util.Collections;
import java.util.List;
import org.gradle.api.tasks.Classpath;
import org.gradle.api.tasks.Input;
import org.gradle.api.tasks.LocalState;
import org.gradle.process.CommandLineArgumentProvider;

/**
 * Gives a Test task the agent such that its result can still come from a cache, of whichever
 * machine: the agent counts by its content, where it lies does not. Gradle has had such since 4.6.
 */
final class AgentArguments implements CommandLineArgumentProvider {
  private final Recording recording;

  AgentArguments(Recording recording) {
    this.recording = recording;
  }

  Recording recording() {
    return recording;
  }

  /** Empty if nothing is recorded. */
  @Classpath
  public List<File> getAgent() {
    return recording.options() == null
        ? Collections.emptyList()
        : Collections.singletonList(recording.agent());
  }

  @Input
  public List<String> getOptions() {
    String options = recording.options();
    return options == null ? Collections.emptyList() : Collections.singletonList(options);
  }

  /** Of no use to others: a result from the cache comes without. */
  @LocalState
  public File getRuns() {
    return recording.runs();
  }

  @Override
  public Iterable<String> asArguments() {
    return recording.arguments();
  }
}
