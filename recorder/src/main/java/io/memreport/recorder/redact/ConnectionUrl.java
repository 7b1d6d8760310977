// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.redact;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a connection, fit to be recorded: driver, hosts, database and parameters that are
 * known to be harmless. Where it can't be told where a password ends, the driver alone.
 */
public final class ConnectionUrl {
  private static final int MAX_LENGTH = 512;

  /** Drivers that stand before another one's URL. */
  private static final List<String> WRAPPERS =
      List.of(
          "p6spy:", "log4jdbc:", "tc:", "aws-wrapper:", "otel:", "tracing:", "datasource-proxy:");

  /** Drivers whose database is a file, or a name like one, of this machine. */
  private static final List<String> OF_FILES =
      List.of("sqlite", "h2", "hsqldb", "derby", "duckdb", "ucanaccess", "relique", "calcite");

  private static final Pattern DRIVER = Pattern.compile("[A-Za-z][\\w+.-]{0,40}");

  /** Hosts with their ports, of which there may be several; an instance may stand behind one. */
  private static final Pattern HOSTS =
      Pattern.compile(
          "(?:(?:[\\w.-]+|\\[[0-9A-Fa-f:.]+])(?:\\\\[\\w$]+)?(?::\\d{1,5})?(?:,(?!$)|$))*");

  private static final Pattern DATABASE = Pattern.compile("/*[\\w.$~ -]*(?:/[\\w.$~ -]*)*");

  private static final Pattern TAGGED =
      Pattern.compile(
          "(?i)\\b(host|port|protocol|service_name|sid)\\s*=\\s*([\\w.-]{1,255})\\s*(?=[),])");

  private ConnectionUrl() {}

  /**
   * Whether it leads to a database of SQLite's that lives in memory, as far as a URL tells, see
   * https://www.sqlite.org/inmemorydb.html.
   */
  public static boolean isInMemory(String url) {
    return url != null
        && url.startsWith("jdbc:sqlite:")
        && (url.equals("jdbc:sqlite:") || url.contains(":memory:") || url.contains("mode=memory"));
  }

  /** What of a URL, or of a name that may be one, can be recorded; null for null. */
  public static String withoutSecrets(String url) {
    if (url == null) {
      return null;
    }
    String kept = url.regionMatches(true, 0, "jdbc:", 0, 5) ? jdbc(url.substring(5)) : name(url);
    return kept.length() <= MAX_LENGTH ? kept : kept.substring(0, MAX_LENGTH) + "…";
  }

  /** The name of a pool may hold its URL. */
  private static String name(String text) {
    boolean plain = text.indexOf('@') < 0 && text.indexOf('=') < 0 && !text.contains("//");
    return plain ? text : "?";
  }

  private static String jdbc(String url) {
    for (String wrapper : WRAPPERS) {
      if (url.regionMatches(true, 0, wrapper, 0, wrapper.length())) {
        return "jdbc:"
            + url.substring(0, wrapper.length())
            + jdbc(url.substring(wrapper.length())).substring(5);
      }
    }
    int colon = url.indexOf(':');
    String driver = colon < 0 ? url : url.substring(0, colon);
    if (!DRIVER.matcher(driver).matches()) {
      return "jdbc:?";
    }
    if (colon < 0) {
      return "jdbc:" + driver;
    }
    String known = driver.toLowerCase(Locale.ROOT);
    String rest = url.substring(colon + 1);
    String kept =
        switch (known) {
          case "sqlite" -> file(rest, "?;&");
          case "oracle" -> oracle(rest);
          default -> any(known, rest);
        };
    return "jdbc:" + driver + ":" + kept;
  }

  /** A file, with its parameters behind one of these characters. */
  private static String file(String rest, String separators) {
    int end = 0;
    while (end < rest.length() && separators.indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    return rest.substring(0, end) + UrlParameters.harmless(rest.substring(end));
  }

  private static String any(String driver, String rest) {
    int slashes = rest.indexOf("//");
    int parameters = first(rest, "?;", 0);
    boolean network = slashes >= 0 && slashes < parameters && !rest.startsWith("file:");
    if (network && sub(rest.substring(0, slashes))) {
      String scheme = rest.substring(0, slashes + 2);
      String behind = rest.substring(slashes + 2);
      for (String inner : List.of("https://", "http://")) {
        if (behind.regionMatches(true, 0, inner, 0, inner.length())) {
          scheme += inner;
          behind = behind.substring(inner.length());
        }
      }
      return scheme + network(behind);
    }
    if (OF_FILES.contains(driver)) {
      return file(rest, ";?");
    }
    String name = rest.substring(0, parameters);
    boolean plain = name.matches("[\\w.$-]*(?::[\\w.$-]*){0,2}");
    return plain ? name + UrlParameters.harmless(rest.substring(parameters)) : "?";
  }

  /**
   * What may stand between the driver and its host: {@code sqlserver:}, {@code tcp:}, or nothing.
   */
  private static boolean sub(String text) {
    return text.isEmpty()
        || text.endsWith(":") && DRIVER.matcher(text.substring(0, text.length() - 1)).matches();
  }

  private static String network(String text) {
    if (text.startsWith("(") || text.regionMatches(true, 0, "address", 0, 7)) {
      return tagged(text);
    }
    int authority = first(text, "/?;", 0);
    String hosts = text.substring(0, authority);
    String kept = behindHosts(hosts, text.substring(authority));
    if (kept != null) {
      return kept;
    }
    // A password may hold any character, but hosts and databases hold no @.
    int user = text.lastIndexOf('@');
    if (user < 0) {
      return "?";
    }
    String behind = text.substring(user + 1);
    if (behind.startsWith("(") || behind.regionMatches(true, 0, "address", 0, 7)) {
      return tagged(behind);
    }
    int end = first(behind, "/?;", 0);
    kept = behindHosts(behind.substring(0, end), behind.substring(end));
    return kept == null ? "?" : kept;
  }

  /** Hosts, database and parameters, if nothing in them looks like part of a password; or null. */
  private static String behindHosts(String hosts, String rest) {
    if (!HOSTS.matcher(hosts).matches()) {
      return null;
    }
    int parameters = first(rest, "?;:", 0);
    String database = rest.substring(0, parameters);
    String text = rest.substring(parameters);
    if (!DATABASE.matcher(database).matches()) {
      return database.indexOf('@') < 0 ? hosts + "/?" : null;
    }
    int user = text.indexOf('@');
    return user >= 0 && text.indexOf('=') < 0 || user >= 0 && text.indexOf('=') > user
        ? null
        : hosts + database + UrlParameters.harmless(text);
  }

  /** {@code user/password@} and a host, an alias or a descriptor. */
  private static String oracle(String rest) {
    int colon = rest.indexOf(':');
    String kind = colon < 0 ? "" : rest.substring(0, colon + 1);
    if (!kind.matches("(?i)(?:thin|oci|oci8|kprb):")) {
      return "?";
    }
    String text = rest.substring(colon + 1);
    int descriptor = text.indexOf("@(");
    if (descriptor >= 0) {
      return kind + "@" + tagged(text.substring(descriptor + 1));
    }
    int user = text.lastIndexOf('@');
    if (user < 0) {
      return kind + "?";
    }
    String behind = text.substring(user + 1);
    int slashes = behind.indexOf("//");
    if (slashes >= 0 && sub(behind.substring(0, slashes))) {
      return kind + "@" + behind.substring(0, slashes + 2) + network(behind.substring(slashes + 2));
    }
    int parameters = first(behind, "?;", 0);
    String name = behind.substring(0, parameters);
    boolean plain = name.matches("[\\w.$-]+(?::\\d{1,5})?(?:[:/][\\w.$-]+)?");
    return kind + "@" + (plain ? name + UrlParameters.harmless(behind.substring(parameters)) : "?");
  }

  /** Hosts as tagged values: {@code (host=h)(port=1)(password=…)}. */
  private static String tagged(String text) {
    StringBuilder kept = new StringBuilder();
    Matcher value = TAGGED.matcher(text);
    while (value.find()) {
      kept.append('(').append(value.group(1)).append('=').append(value.group(2)).append(')');
    }
    return kept.isEmpty() ? "?" : kept.toString();
  }

  /** The first place of one of these characters, or the end. */
  private static int first(String text, String characters, int from) {
    int at = from;
    while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }
}
