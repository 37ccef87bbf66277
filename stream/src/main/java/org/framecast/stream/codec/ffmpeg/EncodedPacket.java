package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;

/**
 * The packet that an encoder fills, over and over. Its data is read through the address, because
 * JavaCPP would make a pointer object for each look.
 *
 * <p><b>Thread:</b> its encoder's.
 */
final class EncodedPacket implements AutoCloseable {
  private final AVPacket packet = Ffmpeg.allocated(avcodec.av_packet_alloc(), "packet");
  private final MemorySegment fields = Ffmpeg.view(packet.address(), Ffmpeg.packetBytes());

  AVPacket packet() {
    return packet;
  }

  /**
   * Takes the next packet that an encoder has ready, to be cleared.
   *
   * @param what is done, for the failure
   * @return false when it has none, for now or for ever
   */
  boolean receive(AVCodecContext encoder, String what) {
    int result = avcodec.avcodec_receive_packet(encoder, packet);
    if (result == avutil.AVERROR_EAGAIN() || result == avutil.AVERROR_EOF()) {
      return false;
    }
    Ffmpeg.check(result, what);
    return true;
  }

  /** What the encoder says of the picture. */
  AccessUnit.Kind kind() {
    return (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0
        ? AccessUnit.Kind.KEYFRAME
        : AccessUnit.Kind.DELTA;
  }

  /**
   * Copies the content to a pooled buffer: here the ownership changes.
   *
   * <p><b>Ownership:</b> the buffer is the caller's.
   */
  MediaBuffer copy(BufferPool pool) {
    int sizeBytes = packet.size();
    MediaBuffer copy = pool.acquire(sizeBytes).sizeBytes(sizeBytes);
    long address = fields.get(ValueLayout.JAVA_LONG, Ffmpeg.packetDataOffset());
    MemorySegment.copy(Ffmpeg.view(address, sizeBytes), 0, copy.block(), 0, sizeBytes);
    return copy;
  }

  /** Gives the content back to FFmpeg. */
  void clear() {
    avcodec.av_packet_unref(packet);
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
  }
}
