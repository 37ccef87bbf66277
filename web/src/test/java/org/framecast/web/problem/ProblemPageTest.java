package org.framecast.web.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.framecast.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemPageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | true",
        "TEXT/HTML ; charset=utf-8 | true",
        "application/json;q=0.5, text/html;q=0.9 | true",
        "text/html;q=0.5, application/json | false",
        "text/html, application/json | false",
        "application/problem+json, text/html | false",
        "text/html;q=0 | false",
        "*/* | false",
        "text/* | false",
        "application/json | false",
        "image/avif,image/webp,*/*;q=0.8 | false",
        ";,/ | false",
        "'' | false",
        "none | false"
      })
  void isForWhoNamesHtmlFirst(String accept, boolean wanted) {
    assertEquals(wanted, ProblemPage.isWanted(accept));
  }

  @Test
  void whatIsNamedBehindManyOthersIsNotLookedAt() {
    assertTrue(ProblemPage.isWanted("image/png,".repeat(31) + "text/html"));
    assertFalse(ProblemPage.isWanted("image/png,".repeat(32) + "text/html"));
  }

  @Test
  void wordsAreNoMarkup() {
    String page = ProblemPage.html(Problem.of("none", 404, "A & <b>", "\"x\" <script>"));
    assertTrue(page.contains("<h1>A &amp; &lt;b&gt;</h1>"), page);
    assertTrue(page.contains("&quot;x&quot; &lt;script&gt;"), page);
    assertFalse(page.contains("<script>"), page);
  }
}
