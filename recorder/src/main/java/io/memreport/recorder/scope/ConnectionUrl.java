// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import java.util.regex.Pattern;

/** The URL of a connection, fit to be recorded. */
public final class ConnectionUrl {
  private static final int MAX_LENGTH = 512;

  private static final Pattern USER_INFO = Pattern.compile("//[^/@?;]*@");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)([?&;,:(](?:[a-z0-9_.-]*(?:passw|pwd|secret|token|key|credential|user)[a-z0-9_.-]*)=)[^&;,)]*");

  private ConnectionUrl() {}

  /** Cuts out credentials: user information before the host, and parameters named like secrets. */
  public static String withoutSecrets(String url) {
    if (url == null) {
      return null;
    }
    String bounded = url.length() <= MAX_LENGTH ? url : url.substring(0, MAX_LENGTH) + "…";
    bounded = USER_INFO.matcher(bounded).replaceAll("//");
    return SECRET.matcher(bounded).replaceAll("$1?");
  }
}
