package org.framecast.stream.codec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** An X screen without a monitor: Xvfb, on a display of its own. */
public final class VirtualScreen implements AutoCloseable {
  private final Process server;
  private final String display;

  private VirtualScreen(Process server, String display) {
    this.server = server;
    this.display = display;
  }

  /** Starts a screen of that size and waits until it is there. */
  public static VirtualScreen open(int width, int height) {
    try {
      Process server =
          new ProcessBuilder(
                  "Xvfb",
                  "-displayfd",
                  "1",
                  "-nocursor",
                  // It would begin anew when its last window goes, and refuse the next one
                  // meanwhile.
                  "-noreset",
                  "-nolisten",
                  "tcp",
                  "-screen",
                  "0",
                  width + "x" + height + "x24")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      BufferedReader said = server.inputReader();
      String number = said.readLine();
      if (number == null) {
        throw new AssertionError("Xvfb did not start");
      }
      return new VirtualScreen(server, ":" + number.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Xvfb is missing; install it with: sudo apt-get install -y xvfb", e);
    }
  }

  /** As DISPLAY has it. */
  public String display() {
    return display;
  }

  /** Takes it away, as if its cable were pulled. */
  @Override
  public void close() {
    server.destroyForcibly();
    try {
      if (!server.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Xvfb still runs");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
