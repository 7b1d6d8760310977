// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.shm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Names of users: passwd(5). Those of a directory service are not in it and remain numbers. */
record Users(Map<Long, String> names) {
  static Users read(Path passwd) {
    Map<Long, String> names = new HashMap<>();
    try {
      for (String line : Files.readAllLines(passwd, StandardCharsets.ISO_8859_1)) {
        String[] fields = line.split(":", 4);
        if (fields.length == 4 && fields[2].matches("\\d{1,10}")) {
          names.putIfAbsent(Long.parseLong(fields[2]), fields[0]);
        }
      }
    } catch (IOException e) {
      // Then they are numbers.
    }
    return new Users(names);
  }

  /** The name, or null. */
  String nameOf(Long uid) {
    return uid == null ? null : names.get(uid);
  }
}
