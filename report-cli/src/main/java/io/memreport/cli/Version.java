// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {"memreport " + (version == null ? "(not packaged)" : version)};
  }
}
