// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.line;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What the journal's message ids stand for, in words that are known whatever the version or the
 * language of the text is: sd-messages.h of systemd.
 */
final class JournalMessages {
  private static final Map<String, String> WORDS =
      Map.of(
          "fe6faa94e7774663a0da52717891d8ef",
          ": The kernel OOM killer killed some processes in this unit.",
          "d989611b15e44c9dbf31e3c81256e4ed",
          ": systemd-oomd killed some process(es) in this unit.");

  private JournalMessages() {}

  /** The words for an id and its unit; null if either is unknown. */
  static String words(String id, String unit) {
    String words = id == null ? null : WORDS.get(id);
    return words == null || unit == null ? null : unit + words;
  }

  /** The words for an entry in JSON, or null. */
  static String words(JsonNode entry) {
    JsonNode unit = entry.path(entry.has("UNIT") ? "UNIT" : "USER_UNIT");
    return words(entry.path("MESSAGE_ID").textValue(), unit.textValue());
  }
}
