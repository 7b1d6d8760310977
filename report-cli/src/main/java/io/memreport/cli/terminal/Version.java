// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"memreport " + (version == null ? "(not packaged)" : version)};
  }
}
