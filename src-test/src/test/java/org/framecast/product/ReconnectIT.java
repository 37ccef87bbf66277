package org.framecast.product;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages live through a restart of the server's process. */
@OwnServer
class ReconnectIT {
  private static final int BESIDE_THE_SHARED_SERVER = 200;

  /** On a busy machine; the benchmark holds them to five seconds. */
  private static final int WITHIN_MILLIS =
      Integer.getInteger("framecast.test.reconnect-millis", 60_000);

  private static final System.Logger LOG = System.getLogger(ReconnectIT.class.getName());

  @TempDir static Path folder;
  private static ServerProcess server;

  @BeforeAll
  static void startServer() {
    server = ServerProcess.start(folder, Product.portOffset() + BESIDE_THE_SHARED_SERVER);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void studioAndWatchPagesShowAPictureAgainAfterARestart() {
    restartWhile("chromium:own,chromium:demo");
  }

  @Test
  void firefoxDoesToo() {
    restartWhile("firefox:own");
  }

  /** The script fails when a page is late, or when the studio's stream has another name. */
  private static void restartWhile(String watchPages) {
    List<String> arguments =
        List.of(
            "--base=" + server.http(),
            "--signals",
            "--watch=" + watchPages,
            "--within=" + WITHIN_MILLIS);
    try (Browser.Script script = Browser.start("reconnect.mjs", arguments)) {
      script.await("live");
      server.stop();
      script.say("stopped");
      server.startAgain();
      script.say("started");
      LOG.log(System.Logger.Level.INFO, "back after: " + script.result());
    } catch (AssertionError e) {
      e.addSuppressed(new AssertionError(server.log()));
      throw e;
    }
  }
}
