// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.redact;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of a JDBC URL. Names and values of those that are known to be harmless stay; of
 * those that are known to be secrets the name; all others may be pieces of a password that holds a
 * separator, and become one {@code ?}.
 */
final class UrlParameters {
  private static final Set<String> HARMLESS =
      Set.of(
          // SQLite's: file names as URIs, and what sqlite-jdbc takes for PRAGMAs
          "application_id",
          "auto_vacuum",
          "busy_timeout",
          "cache",
          "cache_size",
          "cache_spill",
          "case_sensitive_like",
          "count_changes",
          "date_class",
          "date_precision",
          "default_cache_size",
          "defer_foreign_keys",
          "empty_result_callbacks",
          "enable_load_extension",
          "encoding",
          "foreign_keys",
          "full_column_names",
          "fullsync",
          "hard_heap_limit",
          "immutable",
          "incremental_vacuum",
          "journal_mode",
          "journal_size_limit",
          "jdbc.explicit_readonly",
          "jdbc.get_generated_keys",
          "legacy_alter_table",
          "legacy_file_format",
          "limit_attached",
          "limit_column",
          "limit_length",
          "limit_sql_length",
          "limit_worker_threads",
          "locking_mode",
          "max_page_count",
          "mmap_size",
          "nolock",
          "open_mode",
          "page_size",
          "psow",
          "query_only",
          "read_uncommitted",
          "recursive_triggers",
          "reverse_unordered_selects",
          "secure_delete",
          "shared_cache",
          "short_column_names",
          "soft_heap_limit",
          "synchronous",
          "temp_store",
          "threads",
          "transaction_mode",
          "user_version",
          "wal_autocheckpoint",
          // Others'
          "access_mode_data",
          "allowmultiqueries",
          "applicationintent",
          "auto_server",
          "autoreconnect",
          "binarytransfer",
          "cacheprepstmts",
          "characterencoding",
          "connecttimeout",
          "create",
          "currentschema",
          "database",
          "databasename",
          "database_to_lower",
          "database_to_upper",
          "db",
          "db_close_delay",
          "db_close_on_exit",
          "defaultrowfetchsize",
          "defaultfetchsize",
          "encrypt",
          "failoverpartner",
          "fetchsize",
          "hostnameincertificate",
          "ifexists",
          "informixserver",
          "instance",
          "instancename",
          "integratedsecurity",
          "loadbalancehosts",
          "lock_mode",
          "lock_timeout",
          "logintimeout",
          "maxrows",
          "mode",
          "multisubnetfailover",
          "mv_store",
          "netty",
          "nestedtransactions",
          "packetsize",
          "port",
          "portnumber",
          "preparethreshold",
          "prepstmtcachesize",
          "querytimeout",
          "readonly",
          "reconnect",
          "requiressl",
          "rewritebatchedinserts",
          "rewritebatchedstatements",
          "schema",
          "schemaname",
          "searchpath",
          "servername",
          "servertimezone",
          "sockettimeout",
          "ssl",
          "sslmode",
          "targetservertype",
          "tcpkeepalive",
          "trace_level_file",
          "trace_level_system_out",
          "transportmode",
          "trustservercertificate",
          "usecompression",
          "usecursorfetch",
          "useserverprepstmts",
          "usessl",
          "useunicode",
          "warehouse",
          "write_delay");

  private static final Set<String> SECRET =
      Set.of(
          "accesskey",
          "accesstoken",
          "apikey",
          "auth_accesstoken",
          "authtoken",
          "bootpassword",
          "cipher",
          "hexkey",
          "init",
          "key",
          "keystorepassword",
          "keystoresecret",
          "oauthpvtkey",
          "pass",
          "passphrase",
          "password",
          "passwd",
          "privatekey",
          "private_key_pwd",
          "pwd",
          "secret",
          "secretkey",
          "sslpassword",
          "token",
          "truststorepassword",
          "uid",
          "user",
          "username",
          "userid");

  private static final Pattern PLAIN_VALUE = Pattern.compile("[\\w.+-]{0,64}");

  private final String text;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private UrlParameters(String text) {
    this.text = text;
  }

  /**
   * What may stay of them.
   *
   * @param text from the separator before the first one on: {@code ?}, {@code ;}, {@code &} or
   *     {@code :}
   */
  static String harmless(String text) {
    UrlParameters parameters = new UrlParameters(text);
    while (parameters.at < text.length()) {
      parameters.one();
    }
    return parameters.out.toString();
  }

  private void one() {
    char separator = text.charAt(at++);
    int start = at;
    while (at < text.length() && "&;=".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String name = text.substring(start, at).strip();
    String value = null;
    if (at < text.length() && text.charAt(at) == '=') {
      int from = ++at;
      skipValue();
      value = text.substring(from, at).strip();
    }
    if (name.isEmpty() && value == null) {
      return;
    }
    String known = name.toLowerCase(Locale.ROOT);
    if (HARMLESS.contains(known) && value != null && PLAIN_VALUE.matcher(value).matches()) {
      out.append(separator).append(name).append('=').append(value);
    } else if (value != null && (HARMLESS.contains(known) || SECRET.contains(known))) {
      out.append(separator).append(name).append("=?");
    } else if (out.length() < 2 || out.charAt(out.length() - 2) != separator) {
      out.append(separator).append('?');
    }
  }

  /** In braces, as SQL Server writes it, or with separators behind backslashes, as H2 does. */
  private void skipValue() {
    int from = at;
    while (from < text.length() && text.charAt(from) == ' ') {
      from++;
    }
    if (from < text.length() && text.charAt(from) == '{') {
      at = from + 1;
      while (at < text.length()) {
        if (text.charAt(at) != '}') {
          at++;
        } else if (text.startsWith("}}", at)) {
          at += 2;
        } else {
          break;
        }
      }
    }
    while (at < text.length() && "&;".indexOf(text.charAt(at)) < 0) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at, text.length());
  }
}
