package org.framecast.stream.codec.ffmpeg;

import java.util.ArrayDeque;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Packets of one stream that were read and not decoded yet, in the order of the file.
 *
 * <p><b>Thread:</b> its reader's.
 *
 * <p><b>Ownership:</b> owns the packets inside. Their shells are used again, so that a file that
 * plays on and on allocates none.
 */
final class FfmpegReaderPackets implements AutoCloseable {
  private final int stream;
  private final FfmpegReaderTime time;
  private final long statedEndTicks;
  private final ArrayDeque<AVPacket> waiting = new ArrayDeque<>();
  private final ArrayDeque<AVPacket> spare = new ArrayDeque<>();
  private long bytes;

  FfmpegReaderPackets(AVStream of) {
    stream = of.index();
    time = new FfmpegReaderTime(of.time_base());
    boolean stated =
        of.duration() != avutil.AV_NOPTS_VALUE
            && of.duration() > 0
            && of.start_time() != avutil.AV_NOPTS_VALUE;
    statedEndTicks = stated ? of.start_time() + of.duration() : avutil.AV_NOPTS_VALUE;
  }

  /** The index of the stream. */
  int stream() {
    return stream;
  }

  FfmpegReaderTime time() {
    return time;
  }

  /** Where the container says that the stream ends, in ticks; NOPTS where it does not. */
  long statedEndTicks() {
    return statedEndTicks;
  }

  /** Takes over what the packet refers to. */
  void add(AVPacket packet) {
    AVPacket kept = spare.pollLast();
    if (kept == null) {
      kept = Ffmpeg.allocated(avcodec.av_packet_alloc(), "packet");
    }
    bytes += packet.size();
    avcodec.av_packet_move_ref(kept, packet);
    waiting.addLast(kept);
  }

  /**
   * Moves the first packet out.
   *
   * @return false when there is none
   */
  boolean poll(AVPacket into) {
    AVPacket first = waiting.pollFirst();
    if (first == null) {
      return false;
    }
    bytes -= first.size();
    avcodec.av_packet_move_ref(into, first);
    spare.addLast(first);
    return true;
  }

  /** The first packet, which stays inside. */
  @Nullable AVPacket first() {
    return waiting.peekFirst();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Coded bytes inside. */
  long bytes() {
    return bytes;
  }

  /** Lets go of the first packet. */
  void dropFirst() {
    AVPacket first = waiting.pollFirst();
    if (first != null) {
      bytes -= first.size();
      avcodec.av_packet_unref(first);
      spare.addLast(first);
    }
  }

  /** Lets go of all. */
  void clear() {
    while (!waiting.isEmpty()) {
      dropFirst();
    }
  }

  @Override
  public void close() {
    clear();
    for (AVPacket shell : spare) {
      avcodec.av_packet_free(shell);
    }
    spare.clear();
  }
}
