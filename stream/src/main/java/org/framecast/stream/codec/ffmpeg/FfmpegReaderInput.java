package org.framecast.stream.codec.ffmpeg;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.media.MediaException;

/**
 * The container of a file: packets out of it, in their order, and ways back.
 *
 * <p><b>Thread:</b> its reader's; {@link #stop} from any.
 *
 * <p><b>Ownership:</b> owns the file and the packets that wait.
 */
final class FfmpegReaderInput implements AutoCloseable {
  /** A file whose last pictures are missing for less than this passes for whole. */
  private static final long TOLERANCE_NANOS = 250_000_000;

  private final MediaReaderSettings settings;
  private final FfmpegReaderDamage damage;
  private final AVPacket packet = Ffmpeg.allocated(avcodec.av_packet_alloc(), "packet");
  private final List<FfmpegReaderPackets> wanted = new ArrayList<>(2);
  private AVFormatContext context;
  private long firstPts = avutil.AV_NOPTS_VALUE;
  private long firstDts = avutil.AV_NOPTS_VALUE;
  private long endNanos = Long.MIN_VALUE;
  private boolean keepsAll = true;
  private boolean ended;
  private volatile boolean stopped;
  private boolean closed;

  FfmpegReaderInput(MediaReaderSettings settings, FfmpegReaderDamage damage) {
    this.settings = settings;
    this.damage = damage;
    boolean done = false;
    try {
      requireFile(settings.file());
      context = FfmpegReaderProbe.open(settings.file(), settings.limits());
      done = true;
    } finally {
      if (!done) {
        avcodec.av_packet_free(packet);
      }
    }
    Ffmpeg.opened();
  }

  private static void requireFile(Path file) {
    String fault =
        Files.isDirectory(file)
            ? " is a folder"
            : !Files.exists(file)
                ? " is not there"
                : !Files.isRegularFile(file)
                    ? " is no plain file"
                    : Files.isReadable(file) ? "" : " may not be read";
    if (!fault.isEmpty()) {
      throw new MediaException(
          MediaException.Code.SOURCE_FAILED, "the file " + file.getFileName() + fault);
    }
  }

  AVFormatContext context() {
    return context;
  }

  /** Keeps the packets of that stream from now on. The first such stream is sought by. */
  FfmpegReaderPackets want(int stream) {
    FfmpegReaderPackets packets = new FfmpegReaderPackets(context.streams(stream));
    wanted.add(packets);
    return packets;
  }

  /**
   * Reads on until a packet of that stream waits.
   *
   * @return false at the end, after a stop, and when too much of the other stream waits
   */
  boolean await(FfmpegReaderPackets packets) {
    while (packets.isEmpty()) {
      if (ended || stopped || (keepsAll && full())) {
        return false;
      }
      readOne();
    }
    return true;
  }

  private boolean full() {
    for (FfmpegReaderPackets packets : wanted) {
      if (packets.bytes() > settings.limits().queueBytes()) {
        return true;
      }
    }
    return false;
  }

  private void readOne() {
    int result = avformat.av_read_frame(context, packet);
    if (result == avutil.AVERROR_EAGAIN()) {
      return;
    }
    if (result < 0) {
      ended = true;
      ended(result);
      return;
    }
    for (FfmpegReaderPackets packets : wanted) {
      if (packets.stream() == packet.stream_index()) {
        keep(packets);
        return;
      }
    }
    avcodec.av_packet_unref(packet);
  }

  private void keep(FfmpegReaderPackets packets) {
    if (packets == wanted.getFirst() && firstPts == avutil.AV_NOPTS_VALUE) {
      firstPts = packet.pts();
      firstDts = packet.dts();
    }
    long ticks = packet.pts() != avutil.AV_NOPTS_VALUE ? packet.pts() : packet.dts();
    if (ticks != avutil.AV_NOPTS_VALUE) {
      endNanos = Math.max(endNanos, packets.time().length(ticks + packet.duration()));
    }
    if (!keepsAll && full()) {
      wanted.forEach(FfmpegReaderPackets::dropFirst);
    }
    packets.add(packet);
  }

  private void ended(int result) {
    int io = context.pb().error();
    if (io < 0 && io != avutil.AVERROR_EOF()) {
      throw new MediaException(
          MediaException.Code.SOURCE_FAILED, "the file cannot be read: " + Ffmpeg.text(io));
    }
    if (result != avutil.AVERROR_EOF()) {
      damage.note("the file breaks off: " + Ffmpeg.text(result));
    } else if (missingNanos() > TOLERANCE_NANOS) {
      damage.note(
          "the file is cut off: its last " + missingNanos() / 1_000_000 + " ms are missing");
    }
  }

  /** How much of the file, by what its container says, did not come. */
  private long missingNanos() {
    if (context.duration_estimation_method() != avformat.AVFMT_DURATION_FROM_STREAM) {
      return 0;
    }
    long stated = Long.MIN_VALUE;
    for (FfmpegReaderPackets packets : wanted) {
      if (packets.statedEndTicks() != avutil.AV_NOPTS_VALUE) {
        stated = Math.max(stated, packets.time().length(packets.statedEndTicks()));
      }
    }
    if (stated == Long.MIN_VALUE && wanted.size() == context.nb_streams()) {
      // Matroska counts from 0.
      stated = TimeUnit.MICROSECONDS.toNanos(context.duration());
    }
    return stated == Long.MIN_VALUE || endNanos == Long.MIN_VALUE ? 0 : stated - endNanos;
  }

  /** Whether the file was read to its end. */
  boolean ended() {
    return ended;
  }

  /**
   * What is passed over in a search may be dropped when too much of it waits; what is played may
   * not.
   */
  void searching(boolean on) {
    keepsAll = !on;
  }

  /**
   * Goes to a keyframe whose decoding time is not later, as the container counts.
   *
   * @return false where it has no way
   */
  boolean seek(long ticks) {
    forget();
    return avformat.av_seek_frame(
            context, wanted.getFirst().stream(), ticks, avformat.AVSEEK_FLAG_BACKWARD)
        >= 0;
  }

  /** Goes to the beginning; opens the file again where its container has no other way. */
  void rewind() {
    if (!seek(firstDts != avutil.AV_NOPTS_VALUE ? firstDts : 0) || !atBeginning()) {
      forget();
      avformat.avformat_close_input(context);
      context = FfmpegReaderProbe.open(settings.file(), settings.limits());
    }
  }

  private boolean atBeginning() {
    FfmpegReaderPackets leading = wanted.getFirst();
    boolean all = keepsAll;
    keepsAll = false;
    boolean read = await(leading);
    keepsAll = all;
    AVPacket first = leading.first();
    return read && first != null && first.pts() == firstPts && first.dts() == firstDts;
  }

  private void forget() {
    wanted.forEach(FfmpegReaderPackets::clear);
    ended = false;
    damage.clear();
  }

  /** Makes reading end, now and later. */
  void stop() {
    stopped = true;
  }

  boolean stopped() {
    return stopped;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    wanted.forEach(FfmpegReaderPackets::close);
    avcodec.av_packet_free(packet);
    avformat.avformat_close_input(context);
    Ffmpeg.closed();
  }
}
