package org.example.framecast;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;

/** Writes a line for each picture: its number, its time, how bright its first pixel is. */
final class LogSink implements StreamSink {
  private final PrintWriter log;

  LogSink(Path file) {
    try {
      log = new PrintWriter(Files.newBufferedWriter(file));
    } catch (IOException e) {
      throw new MediaException(MediaException.Code.SINK_FAILED, "the log cannot be written", e);
    }
  }

  @Override
  public DeliveryPolicy delivery() {
    return DeliveryPolicy.EVERY_FRAME;
  }

  @Override
  public void begin(MediaInfo info) {}

  @Override
  public void accept(MediaItem item) {
    switch (item) {
      case TimestampedFrame frame -> {
        int luma = frame.pixels().plane(0).get(ValueLayout.JAVA_BYTE, 0) & 0xff;
        log.println(frame.frameNumber() + " " + frame.ptsNanos() + " " + luma);
      }
      case AudioFrame block -> {}
    }
  }

  @Override
  public void finish() {
    log.println("end");
  }

  @Override
  public void close() {
    log.close();
  }
}
