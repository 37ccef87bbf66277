package org.framecast.stream.inference;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * Writes a picture into a model's input in one pass: scaled by linear interpolation, in the middle,
 * grey 114 around it, as the well-known detectors want it.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Units and shapes:</b> from I420 (BT.601 limited range) to float32 NCHW, three planes red,
 * green, blue, from 0 to 1.
 */
final class Letterbox {
  private static final float GREY = 114f / 255;
  private static final boolean VECTORS =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  private final int inputWidth;
  private final int inputHeight;
  private final MemorySegment input;
  private final RowColour colour;
  private final int[][] yuv;
  private final float[][] rgb;
  private int frameWidth;
  private int frameHeight;
  private @Nullable Scaling scaling;

  /** What depends on the size of the pictures. */
  private record Scaling(
      LetterboxFit fit,
      RowResampler columns,
      RowResampler chromaColumns,
      ResampleTable rows,
      ResampleTable chromaRows) {}

  private Letterbox(MemorySegment input, int width, int height, RowColour colour) {
    this.input = input;
    this.inputWidth = width;
    this.inputHeight = height;
    this.colour = colour;
    this.yuv = new int[3][width];
    this.rgb = new float[3][width];
  }

  /** Uses vectors if the machine's Java has them. */
  static Letterbox of(MemorySegment input, int width, int height) {
    return VECTORS ? vector(input, width, height) : scalar(input, width, height);
  }

  static Letterbox scalar(MemorySegment input, int width, int height) {
    return new Letterbox(input, width, height, new ScalarRowColour());
  }

  static Letterbox vector(MemorySegment input, int width, int height) {
    return new Letterbox(input, width, height, new VectorRowColour());
  }

  /** Writes the picture and says how it lies. The grey is only written when the size changes. */
  LetterboxFit fill(VideoFrame frame) {
    if (frame.format() != PixelFormat.I420) {
      throw new IllegalArgumentException("a detector takes I420, not " + frame.format());
    }
    Scaling now = scaling;
    if (now == null || frame.width() != frameWidth || frame.height() != frameHeight) {
      now = prepare(frame.width(), frame.height());
      scaling = now;
    }
    LetterboxFit fit = now.fit();
    for (int row = 0; row < fit.height(); row++) {
      resample(frame, 0, row, now.columns(), now.rows(), yuv[0]);
      resample(frame, 1, row, now.chromaColumns(), now.chromaRows(), yuv[1]);
      resample(frame, 2, row, now.chromaColumns(), now.chromaRows(), yuv[2]);
      colour.convert(yuv[0], yuv[1], yuv[2], rgb, fit.width());
      store(fit, row);
    }
    return fit;
  }

  private Scaling prepare(int width, int height) {
    frameWidth = width;
    frameHeight = height;
    LetterboxFit fit = LetterboxFit.of(width, height, inputWidth, inputHeight);
    float[] grey = new float[inputWidth * inputHeight];
    Arrays.fill(grey, GREY);
    for (int channel = 0; channel < 3; channel++) {
      MemorySegment.copy(
          grey, 0, input, ValueLayout.JAVA_FLOAT, 4L * channel * grey.length, grey.length);
    }
    return new Scaling(
        fit,
        resampler(width, fit.width()),
        resampler((width + 1) / 2, fit.width()),
        ResampleTable.of(height, fit.height()),
        ResampleTable.of((height + 1) / 2, fit.height()));
  }

  private RowResampler resampler(int source, int target) {
    return colour instanceof VectorRowColour
        ? VectorRowResampler.of(source, target)
        : new ScalarRowResampler(source, target);
  }

  private static void resample(
      VideoFrame frame,
      int plane,
      int row,
      RowResampler columns,
      ResampleTable rows,
      int[] target) {
    long stride = frame.stride(plane);
    long upper = rows.first()[row] * stride;
    int weight = rows.weight()[row];
    long lower = weight == 0 ? upper : upper + stride;
    columns.resample(frame.plane(plane), upper, lower, weight, target);
  }

  private void store(LetterboxFit fit, int row) {
    long start = (long) (fit.top() + row) * inputWidth + fit.left();
    for (int channel = 0; channel < 3; channel++) {
      long at = 4 * ((long) channel * inputWidth * inputHeight + start);
      MemorySegment.copy(rgb[channel], 0, input, ValueLayout.JAVA_FLOAT, at, fit.width());
    }
  }
}
