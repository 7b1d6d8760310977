// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The fragment under which a row can be linked to. It derives from the row's id alone, so that a
 * link survives a re-run; only an id that occurs twice gets a number.
 */
public final class Anchors {
  private static final int LONGEST = 120;

  private final String prefix;
  private final Map<String, String> byId = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  public Anchors(String prefix) {
    this.prefix = prefix;
  }

  /** Takes a fragment for one more row. */
  public String take(String id) {
    String base = id.startsWith(prefix) ? safe(id) : prefix + safe(id);
    String anchor = base;
    for (int i = 2; !taken.add(anchor); i++) {
      anchor = base + "." + i;
    }
    byId.putIfAbsent(id, anchor);
    return anchor;
  }

  /** The fragment of the first row with this id, null where there is none. */
  String of(String id) {
    return byId.get(id);
  }

  private static String safe(String id) {
    if (id.length() > LONGEST) {
      return safe(id.substring(0, LONGEST)) + "~" + Integer.toHexString(id.hashCode());
    }
    StringBuilder out = new StringBuilder(id.length());
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c < 128 && (Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('~')
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      }
    }
    return out.toString();
  }
}
