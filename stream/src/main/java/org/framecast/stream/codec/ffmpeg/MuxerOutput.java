package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.framecast.stream.codec.MuxerTarget;
import org.framecast.stream.media.MediaException;

/**
 * Where a muxer's bytes go. Both kinds are FFmpeg's own, so that no Java is called back from it.
 *
 * <p><b>Thread:</b> its muxer's.
 */
abstract sealed class MuxerOutput implements AutoCloseable {
  final AVFormatContext context;

  private MuxerOutput(AVFormatContext context) {
    this.context = context;
  }

  /** Opens the target and ties it to the context. */
  static MuxerOutput open(AVFormatContext context, MuxerTarget target) {
    return switch (target) {
      case MuxerTarget.ToFile file -> new ToFile(context, file);
      case MuxerTarget.ToMemory memory -> new ToMemory(context, memory.receiver());
    };
  }

  /** What the muxer has given goes out. */
  abstract void flush();

  @Override
  public abstract void close();

  private static void check(int result, String what) {
    if (result < 0) {
      throw new MediaException(MediaException.Code.SINK_FAILED, what + ": " + Ffmpeg.text(result));
    }
  }

  private static final class ToFile extends MuxerOutput {
    ToFile(AVFormatContext context, MuxerTarget.ToFile target) {
      super(context);
      AVIOContext file = new AVIOContext(null);
      String address = "file:" + target.path().toAbsolutePath();
      check(
          avformat.avio_open2(file, address, avformat.AVIO_FLAG_WRITE, null, (AVDictionary) null),
          "open " + target.path().getFileName());
      Ffmpeg.opened();
      context.pb(file);
    }

    @Override
    void flush() {
      AVIOContext file = context.pb();
      avformat.avio_flush(file);
      check(file.error(), "write");
    }

    @Override
    public void close() {
      AVIOContext file = context.pb();
      context.pb(null);
      avformat.avio_closep(file);
      Ffmpeg.closed();
    }
  }

  private static final class ToMemory extends MuxerOutput {
    private final Consumer<MemorySegment> receiver;

    ToMemory(AVFormatContext context, Consumer<MemorySegment> receiver) {
      super(context);
      this.receiver = receiver;
      open();
      Ffmpeg.opened();
    }

    private void open() {
      AVIOContext buffer = new AVIOContext(null);
      check(avformat.avio_open_dyn_buf(buffer), "memory of a muxer");
      context.pb(buffer);
    }

    @Override
    void flush() {
      try (Taken taken = take()) {
        open();
        if (taken.bytes().byteSize() > 0) {
          receiver.accept(taken.bytes());
        }
      }
    }

    private Taken take() {
      AVIOContext buffer = context.pb();
      context.pb(null);
      try (PointerPointer<?> address = new PointerPointer<>(1)) {
        int size = avformat.avio_close_dyn_buf(buffer, address);
        long start = address.get().address();
        return new Taken(Ffmpeg.view(start, size));
      }
    }

    @Override
    public void close() {
      if (context.pb() != null) {
        take().close();
      }
      Ffmpeg.closed();
    }
  }

  /** Memory that FFmpeg has given away. */
  private record Taken(MemorySegment bytes) implements AutoCloseable {
    @Override
    public void close() {
      avutil.av_free(new Ffmpeg.Address(bytes));
    }
  }
}
