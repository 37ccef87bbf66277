package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;
import org.framecast.stream.media.VideoFrame;

/**
 * How a picture is turned clockwise before it is shown: phones write it as they were held. Mirrors,
 * and angles between, are left as they are.
 */
enum FfmpegReaderTurn {
  NONE,
  RIGHT,
  AROUND,
  LEFT;

  private static final int DEGREES = 90;

  /** What the container says of a stream. */
  static FfmpegReaderTurn of(AVCodecParameters said) {
    AVPacketSideData matrix =
        avcodec.av_packet_side_data_get(
            said.coded_side_data(), said.nb_coded_side_data(), avcodec.AV_PKT_DATA_DISPLAYMATRIX);
    if (matrix == null || matrix.isNull() || matrix.size() < 9L * Integer.BYTES) {
      return NONE;
    }
    // FFmpeg's angle is counter-clockwise, and not a number for a matrix of nothing.
    double degrees = -avutil.av_display_rotation_get(new IntPointer(matrix.data()));
    long quarters = Math.round(degrees / DEGREES);
    boolean whole = Math.abs(degrees - quarters * DEGREES) < 1;
    return whole ? values()[(int) Math.floorMod(quarters, 4L)] : NONE;
  }

  /** Whether width and height change places. */
  boolean swaps() {
    return this == RIGHT || this == LEFT;
  }

  /** Fills {@code into} with an I420 picture, turned. */
  void copy(AVFrame picture, VideoFrame into) {
    for (int plane = 0; plane < into.shape().format().planes(); plane++) {
      int stride = picture.linesize(plane);
      int rows = swaps() ? into.shape().rowBytes(plane) : into.shape().rows(plane);
      MemorySegment from = Ffmpeg.view(picture.data(plane).address(), (long) stride * rows);
      turn(from, stride, into, plane);
    }
  }

  private void turn(MemorySegment from, int stride, VideoFrame into, int plane) {
    int width = into.shape().rowBytes(plane);
    int height = into.shape().rows(plane);
    long first = at(0, 0, width, height, stride);
    long right = at(1, 0, width, height, stride) - first;
    long down = at(0, 1, width, height, stride) - first;
    MemorySegment to = into.plane(plane);
    for (int y = 0; y < height; y++) {
      long source = first + y * down;
      long target = (long) y * into.stride(plane);
      for (int x = 0; x < width; x++) {
        to.set(ValueLayout.JAVA_BYTE, target + x, from.get(ValueLayout.JAVA_BYTE, source));
        source += right;
      }
    }
  }

  /** Where the pixel comes from that is shown at x and y. */
  private long at(int x, int y, int width, int height, int stride) {
    return switch (this) {
      case NONE -> (long) y * stride + x;
      case RIGHT -> (long) (width - 1 - x) * stride + y;
      case AROUND -> (long) (height - 1 - y) * stride + width - 1 - x;
      case LEFT -> (long) x * stride + height - 1 - y;
    };
  }
}
