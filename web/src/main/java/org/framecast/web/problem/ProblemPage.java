package org.framecast.web.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.framecast.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A problem as a page, for a person who opened an address in a browser. Programs, scripts of pages
 * among them, do not ask for {@code text/html} and get the {@link ProblemDocument}.
 */
public final class ProblemPage {
  /** The media type of the page. */
  static final String MEDIA_TYPE = "text/html;charset=UTF-8";

  /** What is named after so many is not looked at. */
  private static final int MOST_TYPES = 32;

  private static final Pattern WEIGHT = Pattern.compile("q=([01](?:\\.\\d{0,3})?)");

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%1$s – Framecast</title>
        <link rel="icon" href="/app/favicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/app/css/base.css">
        <link rel="stylesheet" href="/app/css/docs.css">
      </head>
      <body>
        <header><a class="brand" href="/"><svg class="icon" aria-hidden="true"><use href="/app/icons.svg#mark"></use></svg><span>Framecast</span></a></header>
        <main>
          <h1>%1$s</h1>
          <p class="lead">%2$s</p>
          <p class="page-actions"><a class="button primary" href="/">Open the studio</a> <a class="button" href="/build">Streams</a> <a class="button" href="/docs/">API</a></p>
        </main>
      </body>
      </html>
      """;

  private ProblemPage() {}

  /**
   * Whether a page is wanted rather than JSON: browsers name {@code text/html} when a person opens
   * an address, and nothing in particular for a script.
   *
   * <p><b>Source:</b> RFC 9110 §12.5.1
   *
   * @param accept the request's header
   */
  public static boolean isWanted(@Nullable String accept) {
    double page = weight(accept, "text/html");
    return page > weight(accept, "application/json")
        && page > weight(accept, ProblemDocument.MEDIA_TYPE);
  }

  /** That of a type which is named; of one that is not, none. */
  private static double weight(@Nullable String accept, String type) {
    for (String named : accept == null ? new String[0] : accept.split(",", MOST_TYPES)) {
      String[] parts = named.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", MOST_TYPES);
      if (parts[0].equals(type)) {
        return Arrays.stream(parts)
            .map(WEIGHT::matcher)
            .filter(Matcher::matches)
            .mapToDouble(weight -> Double.parseDouble(weight.group(1)))
            .findFirst()
            .orElse(1);
      }
    }
    return 0;
  }

  /** The page itself. */
  static String html(Problem problem) {
    return PAGE.formatted(escaped(problem.title()), escaped(problem.detail()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
