package org.framecast.stream.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.MediaReaderSettings;

/**
 * Decodes the pictures of a file in the order in which they are shown.
 *
 * <p>After a fault it gives what it still holds, and goes on at the next keyframe. What is shown
 * before a keyframe at which it began depends on pictures that it never saw, and is passed over.
 *
 * <p><b>Thread:</b> its reader's.
 */
final class FfmpegReaderDecoder implements AutoCloseable {
  private final FfmpegReaderInput input;
  private final FfmpegReaderPackets packets;
  private final FfmpegReaderDamage damage;
  private final AVCodecContext context;
  private final AVPacket packet = Ffmpeg.allocated(avcodec.av_packet_alloc(), "packet");
  private boolean any;

  /** Whether the decoder is fed from a keyframe on alone. */
  private boolean awaitsKeyframe;

  /** Whether pictures are passed over until a keyframe's comes out. */
  private boolean awaitsKeyPicture;

  /** Whether the decoder gives what it holds before it goes on at a keyframe. */
  private boolean breaks;

  private boolean ended;
  private long latestKeyNanos = Long.MAX_VALUE;
  private boolean tooLate;

  FfmpegReaderDecoder(
      MediaReaderSettings settings,
      AVStream stream,
      FfmpegReaderInput input,
      FfmpegReaderDamage damage) {
    this.input = input;
    this.damage = damage;
    boolean done = false;
    try {
      context = FfmpegReaderDecoders.open(stream, settings.limits());
      done = true;
    } finally {
      if (!done) {
        avcodec.av_packet_free(packet);
      }
    }
    packets = input.want(stream.index());
    Ffmpeg.opened();
  }

  FfmpegReaderTime time() {
    return packets.time();
  }

  /** Whether everything was given. */
  boolean ended() {
    return ended;
  }

  /** Forgets what it holds; the input begins at the file's beginning, or near a keyframe. */
  void restart(boolean atBeginning) {
    avcodec.avcodec_flush_buffers(context);
    ended = false;
    breaks = false;
    tooLate = false;
    awaitsKeyframe = !atBeginning;
    awaitsKeyPicture = !atBeginning;
  }

  /** Gives up at a first keyframe that is later; to be told before it decodes. */
  void latestKey(long nanos) {
    latestKeyNanos = nanos;
    tooLate = false;
  }

  /**
   * Decodes one picture.
   *
   * @return false at the end, when none can be had now, and when it gave up
   */
  boolean decode(AVFrame into) {
    while (!tooLate) {
      int result = avcodec.avcodec_receive_frame(context, into);
      if (result == avutil.AVERROR_EAGAIN()) {
        if (!feed()) {
          return false;
        }
      } else if (result == avutil.AVERROR_EOF()) {
        if (!breaks) {
          ended = true;
          return false;
        }
        goOnAtKeyframe();
      } else if (result < 0) {
        fault(Ffmpeg.text(result));
        goOnAtKeyframe();
      } else if (shows(into)) {
        any = true;
        return true;
      } else {
        avutil.av_frame_unref(into);
      }
    }
    return false;
  }

  private boolean shows(AVFrame picture) {
    if (awaitsKeyPicture && (picture.flags() & AVFrame.AV_FRAME_FLAG_KEY) == 0) {
      return false;
    }
    if (picture.decode_error_flags() != 0
        || (picture.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
      fault("a picture is broken");
      awaitsKeyPicture = true;
      return false;
    }
    awaitsKeyPicture = false;
    return true;
  }

  /** Damage before the first picture is where a recording began. */
  private void fault(String what) {
    if (any) {
      damage.note(what);
    }
  }

  private void goOnAtKeyframe() {
    avcodec.avcodec_flush_buffers(context);
    breaks = false;
    awaitsKeyframe = any;
    awaitsKeyPicture = any;
  }

  /** Gives the decoder one packet, or tells it of the end; false when there is none now. */
  private boolean feed() {
    if (!input.await(packets)) {
      if (input.ended()) {
        avcodec.avcodec_send_packet(context, null);
        return true;
      }
      return false;
    }
    packets.poll(packet);
    try {
      if ((packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0) {
        fault("coded pictures are cut off");
        breaks = true;
        avcodec.avcodec_send_packet(context, null);
      } else if (!passesOver()) {
        send();
      }
    } finally {
      avcodec.av_packet_unref(packet);
    }
    return true;
  }

  private void send() {
    int result = avcodec.avcodec_send_packet(context, packet);
    if (result < 0) {
      fault("coded pictures are broken: " + Ffmpeg.text(result));
      breaks = true;
      avcodec.avcodec_send_packet(context, null);
    }
  }

  private boolean passesOver() {
    if (!awaitsKeyframe) {
      return false;
    }
    boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
    long ticks = key && packet.pts() != avutil.AV_NOPTS_VALUE ? packet.pts() : packet.dts();
    tooLate =
        ticks != avutil.AV_NOPTS_VALUE
            && latestKeyNanos != Long.MAX_VALUE
            && packets.time().nanos(ticks) > latestKeyNanos;
    awaitsKeyframe = !key;
    return !key;
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
    Ffmpeg.closed();
  }
}
