package org.framecast.stream.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.event.KeyEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.framecast.stream.codec.CaptureShape;
import org.framecast.stream.codec.DeviceCatalog;
import org.framecast.stream.codec.DeviceKind;
import org.framecast.stream.codec.DeviceParts;
import org.framecast.stream.codec.DeviceRequest;
import org.framecast.stream.codec.VirtualScreen;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.source.scene.PictureStamp;
import org.framecast.stream.time.Deadline;
import org.framecast.stream.time.MediaClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A window on a screen without a monitor, seen by capturing that screen. */
@Timeout(180)
class DisplaySinkTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final FramePool frames = FramePool.open("frames", 4);
  private final BufferPool buffers = BufferPool.open("buffers", 1 << 20);
  private VirtualScreen screen;

  @BeforeEach
  void open() {
    screen = VirtualScreen.open(640, 360);
  }

  @AfterEach
  void close() {
    screen.close();
    assertEquals(0, frames.live());
    frames.close();
    buffers.close();
  }

  /** The process with the window. */
  private record Probe(Process process, Writer orders, BufferedReader answers)
      implements AutoCloseable {
    static Probe start(String display, String mode, String... more) throws IOException {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "--add-modules",
                  "jdk.incubator.vector",
                  "-Xmx256m"));
      command.addAll(List.of(more));
      command.addAll(
          List.of(
              "-cp", System.getProperty("java.class.path"), DisplayProbe.class.getName(), mode));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().remove("DISPLAY");
      builder.environment().remove("WAYLAND_DISPLAY");
      if (!display.isEmpty()) {
        builder.environment().put("DISPLAY", display);
      }
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      Process process = builder.start();
      return new Probe(process, process.outputWriter(), process.inputReader());
    }

    void order(String line) throws IOException {
      orders.write(line + "\n");
      orders.flush();
      assertTrue(answer("done").startsWith("done " + line), line);
    }

    void key(int code) throws IOException {
      order("key " + code);
    }

    String title() throws IOException {
      orders.write("title\n");
      orders.flush();
      String title = answer("title");
      answer("done");
      return title;
    }

    /** Its next line that begins with that word. */
    String answer(String word) throws IOException {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(word + " ")) {
          return line;
        }
      }
      throw new AssertionError("it said nothing of " + word);
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private StreamSource capture() {
    return DeviceCatalog.installed()
        .orElseThrow()
        .open(
            new DeviceRequest(
                DeviceKind.SCREEN,
                "x11grab",
                screen.display(),
                new CaptureShape(640, 360, 0, 0, 30)),
            new DeviceParts("screen", frames, buffers, MediaClock.system()));
  }

  private static OptionalInt number(StreamSource capture) throws InterruptedException {
    try (TimestampedFrame frame = assertInstanceOf(TimestampedFrame.class, capture.next())) {
      return PictureStamp.read(frame.pixels());
    }
  }

  /** Looks at the screen until the number of the picture on it is one that is wanted. */
  private static int await(StreamSource capture, String what, LongPredicate wanted)
      throws InterruptedException {
    Deadline deadline = Deadline.in(SOON);
    OptionalInt seen = OptionalInt.empty();
    while (!deadline.passed()) {
      seen = number(capture);
      if (seen.isPresent() && wanted.test(seen.getAsInt())) {
        return seen.getAsInt();
      }
    }
    throw new AssertionError(what + ": " + seen);
  }

  /** The number that stays. */
  private static int held(StreamSource capture) throws InterruptedException {
    Deadline deadline = Deadline.in(SOON);
    int last = -1;
    int times = 0;
    while (!deadline.passed()) {
      int now = number(capture).orElse(-1);
      times = now >= 0 && now == last ? times + 1 : 0;
      last = now;
      if (times == 30) {
        return now;
      }
    }
    throw new AssertionError("the picture still moves");
  }

  @Test
  void theTestPictureIsOnTheScreenAndTheKeysMoveIt() throws IOException, InterruptedException {
    try (Probe probe = Probe.start(screen.display(), "source");
        StreamSource capture = capture()) {
      int first = await(capture, "the first picture", number -> true);
      await(capture, "a later picture", number -> number > first);
      probe.order("click 600 20");
      probe.key(KeyEvent.VK_SPACE);
      int held = held(capture);
      // The dash between them comes as the locale writes it.
      assertTrue(probe.title().matches("title probe .+ paused"));
      probe.key(KeyEvent.VK_PERIOD);
      await(capture, "one step from " + held, number -> number == held + 1);
      probe.key(KeyEvent.VK_PERIOD);
      await(capture, "two steps from " + held, number -> number == held + 2);
      probe.key(KeyEvent.VK_RIGHT);
      await(capture, "two seconds on from " + held, number -> number == held + 52);
      probe.key(KeyEvent.VK_LEFT);
      await(capture, "and back", number -> number == held + 2);
      assertEquals(held + 2, held(capture));
      probe.key(KeyEvent.VK_SPACE);
      await(capture, "it goes on", number -> number > held + 2);
      assertEquals("title probe", probe.title());
      probe.key(KeyEvent.VK_Q);
      probe.orders().close();
      assertEquals("left 0", probe.answer("left"));
      assertEquals("natives 0", probe.answer("natives"));
      assertEquals("ended true well", probe.answer("ended"));
      assertTrue(probe.process().waitFor(30, TimeUnit.SECONDS), "nothing keeps the process alive");
    }
  }

  @Test
  void withoutASourceThatCanBeHeldTheKeysActOnTheWindow() throws IOException, InterruptedException {
    try (Probe probe = Probe.start(screen.display(), "window");
        StreamSource capture = capture()) {
      await(capture, "the first picture", number -> true);
      probe.order("click 600 20");
      probe.key(KeyEvent.VK_SPACE);
      int held = held(capture);
      assertTrue(probe.title().matches("title probe .+ paused"));
      probe.key(KeyEvent.VK_PERIOD);
      int stepped = await(capture, "a step", number -> number > held);
      assertEquals(stepped, held(capture));
      probe.key(KeyEvent.VK_SPACE);
      await(capture, "it goes on", number -> number > stepped);
      assertEquals("title probe", probe.title());
      probe.key(KeyEvent.VK_ESCAPE);
      probe.orders().close();
      assertEquals("ended true the window was closed", probe.answer("ended"));
    }
  }

  @Test
  void closingTheWindowEndsTheStream() throws IOException, InterruptedException {
    try (Probe probe = Probe.start(screen.display(), "source");
        StreamSource capture = capture()) {
      await(capture, "the first picture", number -> true);
      probe.order("close");
      probe.orders().close();
      assertEquals("ended true well", probe.answer("ended"));
    }
  }

  @Test
  void withoutAScreenItIsRefused() throws IOException {
    for (String display : List.of("", ":9875")) {
      try (Probe probe = Probe.start(display, "source")) {
        String refused = probe.answer("refused");
        assertTrue(
            refused.startsWith("refused UNSUPPORTED a window cannot be shown here"), refused);
      }
    }
  }

  @Test
  void nothingOfWindowsIsLoadedBeforeOneIsMade() throws IOException {
    try (Probe probe = Probe.start("", "list", "-Xlog:class+load:stdout")) {
      List<String> loaded = probe.answers().lines().toList();
      assertTrue(loaded.stream().anyMatch(line -> line.contains("DisplaySinkProvider ")));
      assertFalse(
          loaded.stream()
              .anyMatch(
                  line ->
                      line.contains(" javax.swing.")
                          || line.contains(" java.awt.Toolkit")
                          || line.contains(" java.awt.GraphicsEnvironment")));
    }
  }
}
