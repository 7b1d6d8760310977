// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.heapdump;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a chain of references begins at, as a user knows it. */
public enum RootKind {
  STATIC_FIELD("static-field"),
  CLASS_LOADER("class-loader"),
  THREAD_LOCAL("thread-local"),
  THREAD("thread"),
  LOCAL_VARIABLE("local-variable"),
  JNI("jni"),
  LOCK("lock"),
  JVM("jvm");

  private final String label;

  RootKind(String label) {
    this.label = label;
  }

  @JsonValue
  public String label() {
    return label;
  }
}
