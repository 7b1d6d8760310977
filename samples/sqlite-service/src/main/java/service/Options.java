// SPDX-License-Identifier: Apache-2.0
package service;

import java.nio.file.Path;
import java.util.Locale;

/** What the command line says. */
record Options(Settings settings, Path database, int rows, int port) {
  private static final int ROWS = 2_000_000;

  static Options parse(String[] arguments) {
    Settings settings = Settings.INCIDENT;
    Path database = Path.of("orders.db");
    int rows = ROWS;
    int port = 0;
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--settings" -> settings = Settings.valueOf(value.toUpperCase(Locale.ROOT));
        case "--db" -> database = Path.of(value);
        case "--rows" -> rows = Integer.parseInt(value);
        case "--port" -> port = Integer.parseInt(value);
        default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
      }
    }
    return new Options(settings, database, rows, port);
  }
}
