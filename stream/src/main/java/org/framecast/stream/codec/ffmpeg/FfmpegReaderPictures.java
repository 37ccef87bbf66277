package org.framecast.stream.codec.ffmpeg;

import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.ReaderLimits;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.media.VideoInfo;

/**
 * Brings decoded pictures of any format into I420, upright.
 *
 * <p>What is I420 already is copied plane by plane; the rest goes through swscale. The matrix of
 * the colours stays what it was coded with.
 *
 * <p><b>Thread:</b> its reader's.
 */
final class FfmpegReaderPictures implements AutoCloseable {
  private final ReaderLimits limits;
  private final Scaler scaler = new Scaler();
  private FrameShape shape = FrameShape.i420(1, 1);

  FfmpegReaderPictures(AVStream stream, ReaderLimits limits) {
    this.limits = limits;
  }

  VideoInfo info(AVFrame picture, double frameRate) {
    FrameShape of = shape(picture);
    return new VideoInfo(of.width(), of.height(), frameRate);
  }

  /** The shape of the frame that the picture needs. */
  FrameShape shape(AVFrame picture) {
    int width = picture.width();
    int height = picture.height();
    if (Math.max(width, height) > FrameShape.MAX_SIDE
        || (long) width * height > limits.maxPixels()) {
      throw FfmpegReaderDecoders.tooLarge(width, height);
    }
    if (width != shape.width() || height != shape.height()) {
      shape = FrameShape.i420(width, height);
    }
    return shape;
  }

  void copy(AVFrame picture, VideoFrame into) {
    AVFrame target = WrappedFrame.of(into).frame();
    if (picture.format() == avutil.AV_PIX_FMT_YUV420P
        && picture.color_range() != avutil.AVCOL_RANGE_JPEG) {
      Ffmpeg.check(avutil.av_frame_copy(target, picture), "copy");
    } else {
      scaler.scale(picture, target);
    }
  }

  @Override
  public void close() {
    scaler.close();
  }
}
