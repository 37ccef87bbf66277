package org.framecast.stream.sink;

import java.awt.Frame;
import java.awt.Robot;
import java.awt.event.InputEvent;
import java.awt.event.WindowEvent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.swing.SwingUtilities;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.ComponentKind;
import org.framecast.stream.flow.Playback;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.pipeline.PipelineResources;
import org.framecast.stream.pipeline.Stream;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.OptionBinder;
import org.framecast.stream.source.PlaybackSource;
import org.framecast.stream.source.TestOptions;
import org.framecast.stream.source.TestSourceProvider;
import org.framecast.stream.time.MediaClock;

/**
 * A process with a window, which presses the keys that it is told on its standard input. It is a
 * process of its own because AWT reads its screen from the environment, once.
 */
public final class DisplayProbe {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private DisplayProbe() {}

  /** The first argument says whether keys act on the source, or on the window alone. */
  public static void main(String[] arguments) throws Exception {
    Map<Class<?>, Object> parts = new HashMap<>();
    ComponentContext context =
        new ComponentContext() {
          @Override
          public <T> Optional<T> find(Class<T> type) {
            return Optional.ofNullable(parts.get(type)).map(type::cast);
          }
        };
    MediaCodecs codecs = ServiceLoader.load(MediaCodecs.class).findFirst().orElseThrow();
    FramePool frames = FramePool.open("frames", 32);
    BufferPool buffers = BufferPool.open("buffers", 1 << 20);
    parts.put(MediaCodecs.class, codecs);
    parts.put(FramePool.class, frames);
    parts.put(BufferPool.class, buffers);
    parts.put(MediaClock.class, MediaClock.system());
    ComponentRegistry registry = ComponentRegistry.load(DisplayProbe.class.getClassLoader());
    say("found " + registry.all(ComponentKind.SINK).size());
    if (arguments[0].equals("list")) {
      return;
    }
    Map<String, Object> options =
        Map.of("width", 640, "height", 360, "rate", 25.0, "audio", false, "pace", "fast");
    PlaybackSource source =
        new PlaybackSource(
            new TestSourceProvider()
                .create(OptionBinder.bind(TestOptions.class, options), context));
    if (arguments[0].equals("source")) {
      parts.put(Playback.class, source);
    }
    StreamSink sink;
    try {
      sink =
          new DisplaySinkProvider()
              .create(
                  OptionBinder.bind(DisplayOptions.class, Map.of("seek", 2.0, "title", "probe")),
                  context);
    } catch (MediaException e) {
      say("refused " + e.code() + " " + e.getMessage());
      return;
    }
    Stream stream =
        Stream.from(source)
            .to("window", sink)
            .open(
                new PipelineResources(
                    codecs,
                    frames,
                    buffers,
                    work -> Thread.ofPlatform().daemon().unstarted(work),
                    MediaClock.system()));
    stream.start();
    obey(stream);
    boolean ended = stream.await(LIMIT);
    stream.close();
    say("left " + frames.live());
    frames.close();
    buffers.close();
    say("natives " + codecs.liveNatives());
    say("ended " + ended + " " + stream.failure().map(Throwable::getMessage).orElse("well"));
  }

  private static void obey(Stream stream) throws Exception {
    Robot robot = new Robot();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "click" -> {
          robot.mouseMove(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
          robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
          robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
        }
        case "key" -> {
          robot.keyPress(Integer.parseInt(words[1]));
          robot.keyRelease(Integer.parseInt(words[1]));
        }
        case "title" ->
            SwingUtilities.invokeAndWait(() -> say("title " + Frame.getFrames()[0].getTitle()));
        // What a window manager asks for when its cross is pressed.
        case "close" -> {
          Frame window = Frame.getFrames()[0];
          SwingUtilities.invokeAndWait(
              () -> window.dispatchEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSING)));
        }
        default -> throw new IllegalArgumentException(line);
      }
      robot.waitForIdle();
      say("done " + line + " of " + stream.statistics().pictures().framesOut());
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
