// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.line;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * A line of MongoDB's log, which is JSON since 4.4, in the form that it had before: severity,
 * component, thread and message. Of its attributes only errors are taken: others have data of
 * users.
 */
final class MongoMessage {
  private static final String[][] ERRORS = {
    {"message"}, {"message", "error_str"}, {"error", "errmsg"}, {"error"}, {"errMsg"}
  };

  private MongoMessage() {}

  /** The line, or null if this is none of MongoDB's. */
  static Entry of(JsonNode node) {
    JsonNode time = node.path("t").path("$date");
    JsonNode message = node.path("msg");
    if (!time.isTextual() || !message.isTextual() || !node.path("ctx").isTextual()) {
      return null;
    }
    String line =
        String.format(
            Locale.ROOT,
            "%s %s [%s] %s",
            node.path("s").asText(),
            node.path("c").asText(),
            node.path("ctx").textValue(),
            message.textValue());
    String error = error(node.path("attr"));
    return new Entry(time.textValue(), error == null ? line : line + ": " + error.strip());
  }

  private static String error(JsonNode attributes) {
    for (String[] names : ERRORS) {
      JsonNode error = attributes;
      for (String name : names) {
        error = error.path(name);
      }
      if (error.isTextual()) {
        return error.textValue();
      }
    }
    return null;
  }
}
