package org.framecast.stream.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.framecast.stream.media.MediaBuffer;

/**
 * A pooled buffer as FFmpeg sees it, so that a decoder reads it where it lies.
 *
 * <p><b>Thread:</b> whoever uses {@link #packet} holds this object's monitor.
 *
 * <p><b>Ownership:</b> as {@link WrappedFrame}.
 */
final class WrappedBuffer implements AutoCloseable {
  private final AVBufferRef buffer;
  private final AVPacket packet;

  private WrappedBuffer(MediaBuffer bytes) {
    packet = Ffmpeg.allocated(avcodec.av_packet_alloc(), "packet");
    buffer = Ffmpeg.wrap(bytes.block());
    packet.buf(buffer);
    packet.data(new BytePointer(new Ffmpeg.Address(bytes.block())));
    Ffmpeg.opened();
  }

  /** The buffer's wrapper, made when there is none yet. */
  static WrappedBuffer of(MediaBuffer bytes) {
    synchronized (bytes) {
      AutoCloseable attachment = bytes.attachment();
      if (attachment instanceof WrappedBuffer wrapped) {
        return wrapped;
      }
      WrappedBuffer wrapped = new WrappedBuffer(bytes);
      bytes.attach(wrapped);
      return wrapped;
    }
  }

  /** The packet over the buffer's first {@code sizeBytes} bytes. */
  AVPacket packet(int sizeBytes) {
    packet.size(sizeBytes);
    // Without it the PNG decoder takes a picture for the difference to the one before.
    packet.flags(packet.flags() | avcodec.AV_PKT_FLAG_KEY);
    return packet;
  }

  /** As {@link #packet(int)}, with a time that the decoder hands on. */
  AVPacket packet(int sizeBytes, long pts) {
    return packet(sizeBytes).pts(pts);
  }

  /** How many references FFmpeg counts on the block; 1 is this wrapper's own. */
  int references() {
    return avutil.av_buffer_get_ref_count(buffer);
  }

  @Override
  public void close() {
    int references = references();
    avcodec.av_packet_free(packet);
    Ffmpeg.closed();
    if (references != 1) {
      throw new IllegalStateException("a codec still holds " + (references - 1) + " references");
    }
  }
}
