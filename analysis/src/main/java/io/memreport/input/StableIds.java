// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Ids that the same code gets in each run, so that links into a report survive the next one. */
final class StableIds {
  private static final int DIGITS = 12;
  private final Map<String, Integer> seen = new HashMap<>();

  /** An id for what is called this; whoever comes later by the same name gets a number besides. */
  String of(String prefix, String name) {
    String id = prefix + hash(name);
    int times = seen.merge(id, 1, Integer::sum);
    return times == 1 ? id : id + "-" + times;
  }

  private static String hash(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
