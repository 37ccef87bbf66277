package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.framecast.stream.media.MediaException;

/**
 * The loaded library: its error codes, the count of what is open, and what JavaCPP cannot say.
 *
 * <p><b>Thread:</b> any.
 */
final class Ffmpeg {
  private static final AtomicInteger LIVE = new AtomicInteger();
  private static final String NO_COLLECTOR = "org.bytedeco.javacpp.nopointergc";
  private static final int ERROR_TEXT_BYTES = 128;
  private static final MethodHandle AV_BUFFER_CREATE;
  private static final MemorySegment AV_FREE;
  private static final long PACKET_BYTES;
  private static final long PACKET_DATA_OFFSET;

  static {
    // Everything is closed by hand: no collector thread.
    if (System.getProperty(NO_COLLECTOR) == null) {
      System.setProperty(NO_COLLECTOR, "true");
    }
    Loader.load(avutil.class);
    Loader.load(avcodec.class);
    Loader.load(swscale.class);
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    // JavaCPP knows layouts only of classes whose library is loaded.
    PACKET_BYTES = Loader.sizeof(AVPacket.class);
    PACKET_DATA_OFFSET = Loader.offsetof(AVPacket.class, "data");
    AV_FREE = MemorySegment.ofAddress(Loader.addressof("av_free").address());
    AV_BUFFER_CREATE =
        Linker.nativeLinker()
            .downcallHandle(
                MemorySegment.ofAddress(Loader.addressof("av_buffer_create").address()),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT));
  }

  private Ffmpeg() {}

  /** Loads the library, if nothing has yet. */
  static void load() {
    // The initializer did.
  }

  static long packetBytes() {
    return PACKET_BYTES;
  }

  static long packetDataOffset() {
    return PACKET_DATA_OFFSET;
  }

  /** A pointer to memory that something else owns. */
  static final class Address extends Pointer {
    Address(long address) {
      this.address = address;
    }

    Address(MemorySegment segment) {
      this(segment.address());
    }
  }

  static void opened() {
    LIVE.incrementAndGet();
  }

  static void closed() {
    LIVE.decrementAndGet();
  }

  static int live() {
    return LIVE.get();
  }

  /**
   * Makes a block that Java owns known to FFmpeg as a counted buffer.
   *
   * <p>The free function is {@code av_free} with a null argument, which does nothing: a function of
   * Java's would pin its class loader, and FFmpeg's default would free memory that is not its own.
   */
  static AVBufferRef wrap(MemorySegment block) {
    long address;
    try {
      address =
          (long)
              AV_BUFFER_CREATE.invokeExact(block, block.byteSize(), AV_FREE, MemorySegment.NULL, 0);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    if (address == 0) {
      throw new OutOfMemoryError("av_buffer_create");
    }
    return new AVBufferRef(new Address(address));
  }

  /** Bytes of FFmpeg's own memory, seen for the moment. */
  static MemorySegment view(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /** Passes a result on, or throws CODEC_FAILED with FFmpeg's text when it is negative. */
  static int check(int result, String what) {
    if (result < 0) {
      throw new MediaException(MediaException.Code.CODEC_FAILED, what + ": " + text(result));
    }
    return result;
  }

  /** Passes a fresh object on, or says that there was no memory for it. */
  static <P extends Pointer> P allocated(P pointer, String what) {
    if (pointer == null || pointer.isNull()) {
      throw new OutOfMemoryError(what);
    }
    return pointer;
  }

  static String text(int error) {
    byte[] text = new byte[ERROR_TEXT_BYTES];
    avutil.av_strerror(error, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.US_ASCII);
  }
}
