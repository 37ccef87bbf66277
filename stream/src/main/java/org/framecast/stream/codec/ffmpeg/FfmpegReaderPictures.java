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
  private final FfmpegReaderTurn turn;
  private final Scaler scaler = new Scaler();
  private final AVFrame flat = Ffmpeg.allocated(avutil.av_frame_alloc(), "frame");
  private FrameShape shape = FrameShape.i420(1, 1);

  FfmpegReaderPictures(AVStream stream, ReaderLimits limits) {
    this.limits = limits;
    turn = FfmpegReaderTurn.of(stream.codecpar());
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
    int shownWidth = turn.swaps() ? height : width;
    int shownHeight = turn.swaps() ? width : height;
    if (shownWidth != shape.width() || shownHeight != shape.height()) {
      shape = FrameShape.i420(shownWidth, shownHeight);
    }
    return shape;
  }

  void copy(AVFrame picture, VideoFrame into) {
    if (turn != FfmpegReaderTurn.NONE) {
      turn.copy(isPlain(picture) ? picture : flat(picture), into);
      return;
    }
    AVFrame target = WrappedFrame.of(into).frame();
    if (isPlain(picture)) {
      Ffmpeg.check(avutil.av_frame_copy(target, picture), "copy");
    } else {
      scaler.scale(picture, target);
    }
  }

  private static boolean isPlain(AVFrame picture) {
    return picture.format() == avutil.AV_PIX_FMT_YUV420P
        && picture.color_range() != avutil.AVCOL_RANGE_JPEG;
  }

  private AVFrame flat(AVFrame picture) {
    if (flat.width() != picture.width() || flat.height() != picture.height()) {
      avutil.av_frame_unref(flat);
      flat.width(picture.width()).height(picture.height());
      flat.format(avutil.AV_PIX_FMT_YUV420P).color_range(avutil.AVCOL_RANGE_MPEG);
      Ffmpeg.check(avutil.av_frame_get_buffer(flat, 0), "picture");
    }
    scaler.scale(picture, flat);
    return flat;
  }

  @Override
  public void close() {
    avutil.av_frame_free(flat);
    scaler.close();
  }
}
