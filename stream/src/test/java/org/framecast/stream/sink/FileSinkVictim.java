package org.framecast.stream.sink;

import java.util.Map;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.plugin.OptionBinder;

/** Writes a file until it is killed, in a process of its own. */
final class FileSinkVictim {
  private static final int ENOUGH = 5 * SinkStage.FRAME_RATE;

  private FileSinkVictim() {}

  public static void main(String[] arguments) throws InterruptedException {
    Map<String, String> options = Map.of("path", arguments[0], "container", arguments[1]);
    try (SinkStage stage = new SinkStage();
        StreamSink sink =
            new FileSinkProvider()
                .create(OptionBinder.bind(FileSinkOptions.class, options), stage)) {
      sink.begin(SinkStage.both());
      stage.give(sink, 0, ENOUGH, 0);
      System.out.println("given " + ENOUGH);
      new java.util.concurrent.CountDownLatch(1).await();
    }
  }
}
