// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

/** Writes JSON objects: all that a boot class without libraries needs. */
final class JsonText {
  private final StringBuilder text = new StringBuilder();
  private int depth;
  private boolean first = true;

  JsonText open(String name) {
    if (name != null) {
      name(name);
    }
    text.append('{');
    depth++;
    first = true;
    return this;
  }

  JsonText close() {
    depth--;
    first = false;
    line();
    text.append('}');
    return this;
  }

  JsonText field(String name, String value) {
    name(name);
    if (value == null) {
      text.append("null");
    } else {
      string(value);
    }
    return this;
  }

  JsonText field(String name, Number value) {
    name(name);
    text.append(value);
    return this;
  }

  private void name(String name) {
    if (!first) {
      text.append(',');
    }
    first = false;
    line();
    string(name);
    text.append(": ");
  }

  private void line() {
    text.append('\n').append("  ".repeat(depth));
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  @Override
  public String toString() {
    return text + "\n";
  }
}
