package org.framecast.stream.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.framecast.stream.codec.ImageEncoder;
import org.framecast.stream.flow.DeliveryPolicy;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.jspecify.annotations.Nullable;

/**
 * Writes pictures as images, each in its own size, until there are as many as wanted; what comes
 * then is passed over. An image appears whole. Sound is left out.
 */
public final class ImageSequenceSink implements StreamSink {
  private static final String HALF = ".part";

  private final ImageSequenceOptions options;
  private final ImagePattern pattern;
  private final SinkTools tools;
  private @Nullable ImageEncoder encoder;
  private long pictures;
  private long written;

  ImageSequenceSink(ImageSequenceOptions options, ImagePattern pattern, SinkTools tools) {
    this.options = options;
    this.pattern = pattern;
    this.tools = tools;
  }

  @Override
  public DeliveryPolicy delivery() {
    return options.whenBehind().delivery();
  }

  @Override
  public void begin(MediaInfo info) {
    SinkFiles.requireFolder(pattern.folder());
    encoder = tools.codecs().openImageEncoder(options.format().format());
  }

  @Override
  public void accept(MediaItem item) {
    if (item instanceof TimestampedFrame frame) {
      boolean due = pictures++ % options.every() == 0;
      if (due && written < options.most()) {
        write(frame);
      }
    }
  }

  private void write(TimestampedFrame frame) {
    ImageEncoder open = encoder;
    if (open == null) {
      throw new IllegalStateException("not begun");
    }
    Path file = pattern.file(options.first() + written);
    try (MediaBuffer image = open.encode(frame.pixels(), options.quality(), tools.buffers())) {
      write(file, image.content().asByteBuffer());
    } catch (IOException e) {
      throw SinkFiles.failed("cannot write " + file.getFileName(), e);
    }
    written++;
  }

  private static void write(Path file, ByteBuffer bytes) throws IOException {
    Path half = file.resolveSibling(file.getFileName() + HALF);
    try {
      try (FileChannel channel =
          FileChannel.open(
              half,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  @Override
  public void finish() {
    // Every image is complete.
  }

  @Override
  public void close() {
    ImageEncoder open = encoder;
    if (open != null) {
      open.close();
    }
  }
}
