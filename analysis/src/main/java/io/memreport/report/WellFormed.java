// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;

/**
 * Strings of Java may hold halves of characters, which UTF-8 can't: each becomes U+FFFD, and costs
 * nothing but itself.
 */
final class WellFormed extends StdScalarSerializer<String> {
  private static final long serialVersionUID = 1;
  private static final char REPLACEMENT = '\ufffd';

  WellFormed() {
    super(String.class);
  }

  @Override
  public void serialize(String value, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    json.writeString(text(value));
  }

  /** The same text if all of it is characters. */
  static String text(String raw) {
    StringBuilder mended = null;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean whole =
          Character.isHighSurrogate(c)
              && i + 1 < raw.length()
              && Character.isLowSurrogate(raw.charAt(i + 1));
      if (whole) {
        i++;
      } else {
        mended = mended == null ? new StringBuilder(raw) : mended;
        mended.setCharAt(i, REPLACEMENT);
      }
    }
    return mended == null ? raw : mended.toString();
  }
}
