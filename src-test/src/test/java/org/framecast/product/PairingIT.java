package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that pairs devices, as {@code bin/run --pair} starts it: https asks everyone for the
 * printed code, and few guesses are allowed. On ports 700 above those of the other product tests.
 */
@OwnServer
class PairingIT {
  private static final Duration LIMIT = Duration.ofSeconds(100);
  private static final int OFFSET = Product.portOffset() + 700;
  private static final int HTTPS = 8443 + OFFSET;

  /** Tries of one address in a minute: what {@code docs/configuration.md} says. */
  private static final int ALLOWED_TRIES = 5;

  /** An address that every machine has; RunIT looks at one of the network. */
  private static final String PHONE = "127.77.0.7";

  @TempDir Path folder;

  @Test
  void thePrintedCodeLetsInAndFewGuessesAreAllowed() throws IOException {
    ScratchCheckout scratch = ScratchCheckout.in(folder);
    scratch.useWhatIsBuilt();
    try (RunningCommand run =
        RunningCommand.onTerminal(
            scratch,
            List.of("--pair", "--bind", PHONE, "--port-offset", Integer.toString(OFFSET)))) {
      run.awaitPrinted("Ctrl-C stops it.", LIMIT);
      Matcher printed = Pattern.compile("pairing code ([A-Z2-9]{10});").matcher(run.printed());
      assertTrue(printed.find(), run.printed());
      String code = printed.group(1);

      assertEquals(401, openSession(""), "no code");
      assertEquals(201, openSession(code), "the printed code");
      for (int i = 0; i < ALLOWED_TRIES; i++) {
        assertEquals(401, openSession("WRONGCODE" + i), "wrong code " + i);
      }
      assertEquals(429, openSession("WRONGCODEX"), "one wrong code too many");
      assertEquals(429, openSession(code), "no oracle: the right code waits too");
      assertEquals(200, Sockets.httpsStatus(PHONE, HTTPS, "GET / HTTP/1.1\r\n\r\n"));

      run.server();
      run.rememberProcesses();
      run.typeControlC();
      assertEquals(0, run.awaitEnd(LIMIT), run.printed());
      run.awaitNoProcess(Duration.ofSeconds(30));
    }
  }

  private static int openSession(String code) throws IOException {
    String body = code.isEmpty() ? "{}" : "{\"pairing_code\":\"" + code + "\"}";
    return Sockets.httpsStatus(
        PHONE,
        HTTPS,
        "POST /session HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }
}
