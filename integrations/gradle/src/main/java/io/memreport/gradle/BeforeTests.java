// SPDX-License-Identifier: Apache-2.0
package io.memreport.gradle;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.gradle.api.Action;
import org.gradle.api.Task;
import org.gradle.api.tasks.testing.Test;

/**
 * What is done just before the tests of a task run. Not a lambda: of those Gradle caches nothing.
 */
final class BeforeTests implements Action<Task> {
  private final Recording recording;
  private final boolean addsArguments;

  /**
   * @param addsArguments whether this Gradle has no other way to do so late
   */
  BeforeTests(Recording recording, boolean addsArguments) {
    this.recording = recording;
    this.addsArguments = addsArguments;
  }

  @Override
  public void execute(Task task) {
    if (recording.options() == null) {
      return;
    }
    try {
      recording.begin();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (addsArguments) {
      ((Test) task).jvmArgs(recording.arguments());
    }
  }
}
