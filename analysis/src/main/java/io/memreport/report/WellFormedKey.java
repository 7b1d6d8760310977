// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/** The names in an object, as {@link WellFormed} has them. */
final class WellFormedKey extends StdSerializer<String> {
  private static final long serialVersionUID = 1;

  WellFormedKey() {
    super(String.class);
  }

  @Override
  public void serialize(String value, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    json.writeFieldName(WellFormed.text(value));
  }
}
