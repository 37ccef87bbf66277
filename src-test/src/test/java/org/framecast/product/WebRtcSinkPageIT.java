package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/framecast} shows a stream to a browser, with the page that it has for that. */
@OwnServer
class WebRtcSinkPageIT {
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final Duration END_LIMIT = Duration.ofSeconds(40);

  /** Of a process that SIGTERM ended. */
  private static final int TERMINATED = 143;

  private static final Pattern ADDRESS = Pattern.compile("watch at (http://127\\.0\\.0\\.1:\\d+/)");

  private static final String DOCUMENT =
      """
      {
        "name": "watch",
        "source": {"kind": "test", "options": {"pattern": "test-card", "width": 640, "height": 360}},
        "sinks": [{"kind": "webrtc", "options": {"port": 0}}]
      }
      """;

  @TempDir Path folder;

  @Test
  void chromiumDecodesTheStreamUntilTheProgramEnds() {
    ScratchCheckout scratch = ScratchCheckout.in(folder);
    scratch.useBuiltLibrary();
    Path document = scratch.root().resolve("watch.json");
    scratch.write(document, DOCUMENT);
    try (RunningCommand run =
        RunningCommand.framecast(scratch, List.of("run", document.toString()))) {
      run.awaitPrinted("watch at ", READY_LIMIT);
      Matcher address = ADDRESS.matcher(run.printed());
      assertTrue(address.find(), run.printed());
      Path pictures = Product.root().resolve("src-test/target/screenshots");
      try (Browser.Script page =
          Browser.start(
              "watch-sink.mjs", List.of("--url=" + address.group(1), "--out=" + pictures))) {
        page.await("watching");
        run.rememberProcesses();
        run.script().destroy();
        assertEquals(TERMINATED, run.awaitEnd(END_LIMIT), run.printed());
        requireSeen(page.result());
      }
      run.awaitNoProcess(Duration.ZERO);
    }
  }

  private static void requireSeen(JsonObject seen) {
    assertEquals("[]", seen.getJsonArray("faults").toString(), seen.toString());
    assertEquals("[]", seen.getJsonArray("misplaced").toString(), seen.toString());
    JsonObject video = seen.getJsonObject("later").getJsonObject("video");
    int before = seen.getJsonObject("first").getJsonObject("video").getInt("framesDecoded");
    assertTrue(before > 0 && video.getInt("framesDecoded") >= before + 30, seen.toString());
    assertEquals(640, video.getInt("width"), seen.toString());
    assertEquals("waiting", seen.getString("end"), seen.toString());
  }
}
