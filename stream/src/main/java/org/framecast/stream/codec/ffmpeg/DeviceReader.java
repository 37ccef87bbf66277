package org.framecast.stream.codec.ffmpeg;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.DeviceKind;
import org.framecast.stream.codec.DeviceParts;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.AudioInfo;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.media.VideoInfo;
import org.jspecify.annotations.Nullable;

/**
 * Reads a device, one picture or block of sound after the other.
 *
 * <p>Whoever reads holds the lock, and gives it up while the device has nothing; so a close waits
 * for one read at most.
 */
final class DeviceReader implements StreamSource {
  /** A device that has nothing yet is asked again after so long. */
  private static final long PAUSE_NANOS = 2_000_000;

  private final DeviceInput input;
  private final DeviceParts parts;
  private final MediaInfo info;
  private final AVPacket packet = Ffmpeg.allocated(avcodec.av_packet_alloc(), "packet");
  private final AVFrame decoded = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
  private final Scaler scaler = new Scaler();
  private final @Nullable DeviceSound sound;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private volatile boolean closed;
  private boolean freed;
  private long frameNumber;
  private long readNanos;

  /** Takes the input over, also when this throws. */
  DeviceReader(DeviceInput input, DeviceKind kind, DeviceParts parts) {
    this.input = input;
    this.parts = parts;
    AVCodecContext decoder = input.decoder();
    boolean done = false;
    try {
      boolean hears = kind == DeviceKind.AUDIO;
      info =
          hears
              ? MediaInfo.ofAudio(
                  new AudioInfo(decoder.sample_rate(), decoder.ch_layout().nb_channels()))
              : MediaInfo.ofVideo(new VideoInfo(decoder.width(), decoder.height(), rate(input)));
      sound = hears ? new DeviceSound(decoder, parts.buffers()) : null;
      done = true;
    } finally {
      if (!done) {
        free();
      }
    }
  }

  private static double rate(DeviceInput input) {
    AVRational rate = input.stream().avg_frame_rate();
    return rate.num() > 0 && rate.den() > 0 ? (double) rate.num() / rate.den() : 0;
  }

  @Override
  public MediaInfo info() {
    return info;
  }

  @Override
  public @Nullable MediaItem next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        MediaItem item = receive();
        if (item != null) {
          return item;
        }
        int result = input.read(packet);
        if (result == avutil.AVERROR_EAGAIN()) {
          long unused = ended.awaitNanos(PAUSE_NANOS);
        } else if (result == avutil.AVERROR_EOF()) {
          return null;
        } else if (result < 0) {
          throw DeviceInput.failed(input.name() + " is gone", result);
        } else {
          send();
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void send() {
    try {
      if (packet.stream_index() == input.stream().index()) {
        readNanos = parts.clock().nanos();
        Ffmpeg.check(avcodec.avcodec_send_packet(input.decoder(), packet), "device");
      }
    } finally {
      avcodec.av_packet_unref(packet);
    }
  }

  private @Nullable MediaItem receive() {
    int result = avcodec.avcodec_receive_frame(input.decoder(), decoded);
    if (result == avutil.AVERROR_EAGAIN()) {
      return null;
    }
    Ffmpeg.check(result, "device");
    try {
      DeviceSound heard = sound;
      return heard == null ? picture() : heard.convert(decoded, readNanos);
    } finally {
      avutil.av_frame_unref(decoded);
    }
  }

  private TimestampedFrame picture() {
    long number = frameNumber++;
    int width = decoded.width();
    int height = decoded.height();
    if (Math.max(width, height) > FrameShape.MAX_SIDE) {
      throw new MediaException(MediaException.Code.SIZE_LIMIT, width + "x" + height);
    }
    VideoFrame pixels = parts.frames().acquire(FrameShape.i420(width, height));
    boolean done = false;
    try {
      scaler.scale(decoded, WrappedFrame.of(pixels).frame());
      done = true;
      return new TimestampedFrame(pixels, parts.sourceId(), number, readNanos);
    } finally {
      if (!done) {
        pixels.close();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    lock.lock();
    try {
      ended.signalAll();
      free();
    } finally {
      lock.unlock();
    }
  }

  private void free() {
    if (freed) {
      return;
    }
    freed = true;
    scaler.close();
    if (sound != null) {
      sound.close();
    }
    avutil.av_frame_free(decoded);
    avcodec.av_packet_free(packet);
    input.close();
  }
}
