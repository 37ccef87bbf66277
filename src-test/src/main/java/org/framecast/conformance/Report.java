package org.framecast.conformance;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.framecast.conformance.Check.Verdict;

/** The verdicts on one endpoint, as lines or as JSON. */
public final class Report {
  private record Line(Check check, Verdict verdict) {
    String word() {
      return switch (verdict) {
        case Verdict.Passed passed -> "pass";
        case Verdict.Failed failed -> "FAIL";
        case Verdict.Skipped skipped -> "skip";
      };
    }

    String reason() {
      return switch (verdict) {
        case Verdict.Passed passed -> "";
        case Verdict.Failed(String reason) -> reason;
        case Verdict.Skipped(String reason) -> reason;
      };
    }
  }

  private final List<Line> lines = new ArrayList<>();

  public void add(Check check, Verdict verdict) {
    lines.add(new Line(check, verdict));
  }

  /** Prints the newest verdict. */
  void printLast(PrintStream out) {
    Line line = lines.getLast();
    out.printf(
        "%s  %-4s %s  %s%s%n",
        line.word(),
        line.check().clause(),
        line.check().level().letter(),
        line.check().text(),
        line.reason().isEmpty() ? "" : ": " + line.reason());
  }

  void printTotals(PrintStream out) {
    out.printf("%d passed, %d failed, %d skipped%n", count("pass"), count("FAIL"), count("skip"));
    List<String> clauses =
        lines.stream()
            .filter(line -> line.verdict() instanceof Verdict.Failed)
            .map(line -> line.check().clause() + " (" + line.check().level().letter() + ")")
            .toList();
    if (!clauses.isEmpty()) {
      out.println("Failed: " + String.join(", ", clauses));
    }
  }

  void printJson(PrintStream out, String url) {
    out.println("{\"url\":" + quoted(url) + ",\"checks\":[");
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      out.printf(
          "  {\"clause\":%s,\"level\":%s,\"text\":%s,\"verdict\":%s,\"reason\":%s}%s%n",
          quoted(line.check().clause()),
          quoted(line.check().level().letter()),
          quoted(line.check().text()),
          quoted(line.word().toLowerCase(java.util.Locale.ROOT)),
          quoted(line.reason()),
          i + 1 < lines.size() ? "," : "");
    }
    out.println("]}");
  }

  private long count(String word) {
    return lines.stream().filter(line -> line.word().equals(word)).count();
  }

  /** Failures of clauses that bind. */
  public List<String> bindingFailures() {
    return lines.stream()
        .filter(line -> line.verdict() instanceof Verdict.Failed)
        .filter(line -> line.check().level() != Level.MAY)
        .map(line -> line.check().clause() + " " + line.check().text() + ": " + line.reason())
        .toList();
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
