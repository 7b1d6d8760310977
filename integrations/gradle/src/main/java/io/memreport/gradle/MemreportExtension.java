// SPDX-License-Identifier: Apache-2.0
package io.memreport.gradle;

import javax.inject.Inject;
import org.gradle.api.model.ObjectFactory;
import org.gradle.api.provider.Property;

/** The block {@code memreport} of a build; {@code -Dmemreport.NAME=VALUE} goes before it. */
public class MemreportExtension {
  private final Property<String> failOn;
  private final Property<String> agentOptions;
  private final Property<Boolean> skip;

  /** Called by Gradle. */
  @Inject
  public MemreportExtension(ObjectFactory objects) {
    failOn = objects.property(String.class);
    agentOptions = objects.property(String.class);
    skip = objects.property(Boolean.class);
    failOn.set("never");
    agentOptions.set("");
    skip.set(false);
  }

  /** From which level on the build fails: killed, leak, warning or info; never by default. */
  public Property<String> getFailOn() {
    return failOn;
  }

  /** Options of the agent, as {@code leaks=gc}. */
  public Property<String> getAgentOptions() {
    return agentOptions;
  }

  /** Whether nothing is recorded. */
  public Property<Boolean> getSkip() {
    return skip;
  }

  String failOn() {
    return System.getProperty("memreport.failOn", failOn.get());
  }

  String agentOptions() {
    return System.getProperty("memreport.agentOptions", agentOptions.get());
  }

  boolean skips() {
    return Boolean.parseBoolean(System.getProperty("memreport.skip", skip.get().toString()));
  }
}
