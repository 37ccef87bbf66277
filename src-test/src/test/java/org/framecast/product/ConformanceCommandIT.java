package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code bin/conformance} as a stranger would run it. */
class ConformanceCommandIT extends ProductTest {
  private record Run(int status, String output) {}

  private static Run run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Product.root().resolve("bin/conformance").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(15, TimeUnit.SECONDS), output);
    return new Run(process.exitValue(), output);
  }

  @Test
  void ourWhepEndpointBreaksNoClause() throws Exception {
    Api.Session session = api().openSession();
    Run run =
        run(
            api().uri("/whep/demo").toString(),
            "--token",
            session.accessToken(),
            "--idle",
            api().uri("/whep/" + session.stream()).toString());
    assertEquals(0, run.status(), run.output());
    assertFalse(run.output().contains("FAIL"), run.output());
    assertTrue(run.output().contains(" 0 failed"), run.output());
  }

  /** With the arguments that the document shows, against a server as it is by default. */
  @Test
  void theReportIsTheOneInTheDocument() throws Exception {
    String token = api().openSession().accessToken();
    Run run = run(api().uri("/whep/demo").toString(), "--token", token);
    assertEquals(0, run.status(), run.output());
    List<String> shown =
        Files.readAllLines(Product.root().resolve("docs/conformance.md")).stream()
            .filter(line -> line.matches("(pass|skip) .*|\\d+ passed, .*"))
            .toList();
    List<String> printed = run.output().lines().toList();
    assertTrue(printed.containsAll(shown), shown + " are not all in " + run.output());
    assertEquals(printed.getLast(), shown.getLast());
    assertEquals(
        printed.stream().filter(line -> line.startsWith("skip")).toList(),
        shown.stream().filter(line -> line.startsWith("skip")).toList());
  }

  @Test
  void ourWhipEndpointBreaksNoClause() throws Exception {
    Api.Session session = api().openSession();
    Run run =
        run(
            api().uri("/whip/" + session.stream()).toString(),
            "--whip",
            "--token",
            session.accessToken());
    assertEquals(0, run.status(), run.output());
    assertTrue(run.output().contains(" 0 failed"), run.output());
    api().delete("/session", session.accessToken());
  }

  @Test
  void aBrokenClauseIsNamedAndEndsWithOne() throws Exception {
    String token = api().openSession().accessToken();
    Run run =
        run(
            api().uri("/whep/demo").toString(),
            "--whip",
            "--token",
            token,
            "--only",
            "1",
            "--json");
    assertEquals(1, run.status(), run.output());
    assertTrue(run.output().contains("\"clause\":\"1a\""), run.output());
    assertTrue(run.output().contains("\"verdict\":\"fail\""), run.output());
  }

  @Test
  void wrongOptionsEndWithTwo() throws Exception {
    assertEquals(2, run("--colour").status());
    assertEquals(0, run("--help").status());
  }

  @Test
  void whereThereIsNothingToCheckThatIsSaidOnce() throws Exception {
    Api.Session session = api().openSession();
    String token = session.accessToken();
    Run absent = run(api().uri("/whep/no-such").toString(), "--token", token);
    assertEquals(2, absent.status(), absent.output());
    assertEquals(1, absent.output().lines().count(), absent.output());
    assertTrue(absent.output().contains(" answers 404 to a good offer"), absent.output());
    Api.Session other = api().openSession();
    Run foreign = run(api().uri("/whip/" + other.stream()).toString(), "--whip", "--token", token);
    assertEquals(2, foreign.status(), foreign.output());
    assertTrue(foreign.output().contains(" answers 403 to a good offer"), foreign.output());
    Run none = run(api().uri("/whep/demo").toString(), "--token", token, "--only", "99");
    assertEquals(2, none.status(), none.output());
    assertTrue(none.output().contains("no check is of clause 99"), none.output());
    api().delete("/session", token);
    api().delete("/session", other.accessToken());
  }

  @Test
  void whereNothingAnswersThatIsSaidOnce() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    Run nothing = run("http://127.0.0.1:" + port + "/whep/demo");
    assertEquals(2, nothing.status());
    assertEquals(1, nothing.output().lines().count(), nothing.output());
    assertTrue(nothing.output().contains("cannot be reached"), nothing.output());
  }

  @Test
  void withoutARightTokenThatIsSaidOnce() throws Exception {
    Api.Session session = api().openSession();
    Run closed = run(api().uri("/whip/" + session.stream()).toString(), "--whip");
    assertEquals(2, closed.status());
    assertEquals(1, closed.output().lines().count(), closed.output());
    assertTrue(closed.output().contains("--token"), closed.output());
    Run refused = run(api().uri("/whep/demo").toString(), "--token", "wrong");
    assertEquals(2, refused.status());
    assertEquals(1, refused.output().lines().count(), refused.output());
    assertTrue(refused.output().contains("refuses the token"), refused.output());
    api().delete("/session", session.accessToken());
  }
}
