package org.framecast.stream.codec.ffmpeg;

import org.framecast.stream.codec.FrameConverter;
import org.framecast.stream.media.VideoFrame;

/** Scales and converts with swscale, from one pooled block into another. */
final class FfmpegFrameConverter implements FrameConverter {
  private final Scaler scaler = new Scaler();

  @Override
  public void convert(VideoFrame source, VideoFrame target) {
    if (source == target) {
      throw new IllegalArgumentException("a frame cannot be converted in place");
    }
    if (source.shape().equals(target.shape())) {
      target.copyFrom(source);
      return;
    }
    WrappedFrame from = WrappedFrame.of(source);
    WrappedFrame to = WrappedFrame.of(target);
    synchronized (from) {
      scaler.scale(from.frame(), to.frame());
    }
  }

  @Override
  public void close() {
    scaler.close();
  }
}
