// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import freemarker.cache.ClassTemplateLoader;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import io.memreport.model.PostMortem;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.regex.Pattern;

/**
 * Writes a post-mortem as one HTML file that loads nothing. Markup holds the verdict, the tables
 * and the charts, so that it reads with style and script blocked; both only enhance.
 */
public final class HtmlReport {
  private static final Pattern STYLE_COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
  private static final Pattern STYLE_SPACE =
      Pattern.compile("\\s*([{};])\\s*|([:,]) +|\\s*\\n\\s*");

  private HtmlReport() {}

  /** The same post-mortem always gives the same text, whatever this machine's locale and zone. */
  public static void write(PostMortem postMortem, Writer out) throws IOException {
    String style = compact(resource("report.css"));
    String script = PageScript.text();
    Map<String, Object> model =
        Map.of(
            "page", Page.of(postMortem),
            "style", style,
            "script", script,
            "styleHash", hash(style),
            "scriptHash", hash(script));
    process("page.ftlh", model, out);
  }

  static void process(String template, Map<String, Object> model, Writer out) throws IOException {
    try {
      configuration().getTemplate(template).process(model, out);
    } catch (TemplateException e) {
      throw new IllegalStateException("a template of ours does not fit its data", e);
    }
  }

  private static Configuration configuration() {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setTemplateLoader(new ClassTemplateLoader(HtmlReport.class, ""));
    configuration.setDefaultEncoding("UTF-8");
    configuration.setLocale(Locale.ROOT);
    configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
    configuration.setNumberFormat("computer");
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    return configuration;
  }

  /** A style sheet without what only people need. No text of ours in it has blanks that matter. */
  static String compact(String style) {
    String code = STYLE_COMMENT.matcher(style).replaceAll("");
    return STYLE_SPACE
        .matcher(code)
        .replaceAll(
            found ->
                found.group(1) != null
                    ? found.group(1)
                    : found.group(2) != null ? found.group(2) : "");
  }

  static String resource(String name) throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** By which the page's content policy admits this very text and no other. */
  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
