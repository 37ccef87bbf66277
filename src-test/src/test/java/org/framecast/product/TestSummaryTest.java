package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.framecast.product.Command.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/test} says at its end, on reports kept beside this test. */
class TestSummaryTest {
  @TempDir Path root;

  private void report(String module, String kind, String name) throws IOException {
    Path folder = Files.createDirectories(root.resolve(module).resolve("target").resolve(kind));
    try (InputStream sample = getClass().getResourceAsStream("/summary/" + name + ".xml")) {
      Files.copy(Objects.requireNonNull(sample), folder.resolve("TEST-" + name + ".xml"));
    }
  }

  private Ended summary(int seconds) {
    Command python = Command.in(Path.of("/usr/bin/env"));
    String script = Product.root().resolve("src-test/summary.py").toString();
    return python.run("", "python3", script, root.toString(), Integer.toString(seconds));
  }

  @Test
  void theTenSlowestAreListedSlowestFirst() throws IOException {
    report("stream", "surefire-reports", "Passing");
    report("src-test", "failsafe-reports", "PassingIT");
    Ended summary = summary(90);
    assertEquals(0, summary.status(), summary.printed());
    List<String> lines = summary.printed().lines().toList();
    assertEquals("Took 90 s.", lines.getFirst());
    int heading = lines.indexOf("The ten slowest tests:");
    assertEquals(
        List.of(
            "   1234.5 s  PassingIT.slowest",
            "     12.0 s  Passing.i",
            "     11.0 s  Passing.h",
            "      9.0 s  Passing.g",
            "      7.0 s  Passing.f",
            "      5.0 s  Passing.e",
            "      4.0 s  Passing.d",
            "      3.0 s  Passing.c",
            "      2.0 s  Passing.b(int)[2]",
            "      1.0 s  Passing.a"),
        lines.subList(heading + 1, heading + 11));
    assertEquals("11 passed, 0 failed, 1 skipped", lines.get(heading + 11));
    assertEquals(heading + 12, lines.size());
  }

  @Test
  void failuresAreListedAndFailTheCommand() throws IOException {
    report("stream", "surefire-reports", "Passing");
    report("ejb", "surefire-reports", "Failing");
    Ended summary = summary(90);
    assertEquals(1, summary.status(), summary.printed());
    assertEquals(
        List.of("FAILED Failing.throwsAnError", "FAILED Failing.isWrong"),
        summary.printed().lines().filter(line -> line.startsWith("FAILED")).toList());
    assertTrue(summary.says("11 passed, 2 failed, 0 skipped"), summary.printed());
  }

  @Test
  void aReportThatIsCutOffFailsTheCommand() throws IOException {
    report("stream", "surefire-reports", "Passing");
    Path broken = root.resolve("stream/target/surefire-reports/TEST-Broken.xml");
    Files.writeString(broken, "<testsuite><testcase name=\"a\"");
    Ended summary = summary(90);
    assertEquals(1, summary.status(), summary.printed());
    assertTrue(
        summary.says("FAILED stream/target/surefire-reports/TEST-Broken.xml cannot be read"),
        summary.printed());
  }

  @Test
  void noTestAtAllFailsTheCommand() {
    Ended summary = summary(90);
    assertEquals(1, summary.status(), summary.printed());
    assertEquals("error: no test ran", summary.error());
  }

  @Test
  void aboveTwentyMinutesIsWarnedOf() throws IOException {
    report("stream", "surefire-reports", "Passing");
    assertFalse(summary(1200).says("warning"));
    Ended late = summary(1201);
    assertEquals(0, late.status(), late.printed());
    assertTrue(
        late.printed().startsWith("warning: the tests took 20.0 minutes; 20 is the most"),
        late.printed());
  }
}
