// SPDX-License-Identifier: Apache-2.0
package io.memreport.maven;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.maven.execution.MavenSession;

/**
 * What the user set: {@code -Dmemreport.KEY=VALUE} on the command line, before properties of the
 * top pom.
 *
 * @param skip whether nothing is to be done
 * @param failOn from which level on the build fails, as after --fail-on
 * @param environment what the agent's options are in its environment
 */
record Options(boolean skip, String failOn, Map<String, String> environment) {
  private static final String PREFIX = "memreport.";

  /** Keys of the extension's own. */
  private static final String SKIP = "skip";

  private static final String FAIL_ON = "failOn";

  /** Where runs go is the extension's to say. */
  private static final String OUT = "out";

  static Options of(MavenSession session) {
    Map<String, String> values = new TreeMap<>();
    add(session.getTopLevelProject().getProperties(), values);
    add(session.getUserProperties(), values);
    return of(values);
  }

  /**
   * @param values by key, without the prefix
   */
  static Options of(Map<String, String> values) {
    Map<String, String> environment = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (!key.equals(SKIP) && !key.equals(FAIL_ON) && !key.equals(OUT)) {
            environment.put("MEMREPORT_" + key.toUpperCase(Locale.ROOT).replace('-', '_'), value);
          }
        });
    String skip = values.get(SKIP);
    return new Options(
        skip != null && !skip.equalsIgnoreCase("false"),
        values.getOrDefault(FAIL_ON, "never"),
        environment);
  }

  private static void add(Properties properties, Map<String, String> values) {
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        values.put(name.substring(PREFIX.length()), properties.getProperty(name));
      }
    }
  }
}
