package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.PixelFormat;
import org.framecast.stream.media.VideoFrame;

/** Pictures whose every pixel is known, and how far another picture is from them. */
final class TestPictures {
  /** Red, green, blue, white, black, yellow, cyan, magenta in 0xRRGGBB. */
  static final int[] PATCHES = {
    0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF, 0x000000, 0xFFFF00, 0x00FFFF, 0xFF00FF
  };

  private TestPictures() {}

  /** Two rows of four patches. */
  static int patchAt(int x, int y, int width, int height) {
    return PATCHES[4 * (2 * y / height) + 4 * x / width];
  }

  /** The centre of a patch, as x and y. */
  static int[] centre(int patch, int width, int height) {
    return new int[] {width * (2 * (patch % 4) + 1) / 8, height * (2 * (patch / 4) + 1) / 4};
  }

  /** BT.601, limited range: Y, U, V of an RGB colour. */
  static int[] yuv(int rgb) {
    double r = (rgb >> 16 & 0xFF) / 255.0;
    double g = (rgb >> 8 & 0xFF) / 255.0;
    double b = (rgb & 0xFF) / 255.0;
    double y = 0.299 * r + 0.587 * g + 0.114 * b;
    return new int[] {
      (int) Math.round(16 + 219 * y),
      (int) Math.round(128 + 224 * (b - y) / 1.772),
      (int) Math.round(128 + 224 * (r - y) / 1.402)
    };
  }

  static VideoFrame patches(FramePool pool, int width, int height) {
    VideoFrame frame = pool.acquire(FrameShape.i420(width, height));
    for (int p = 0; p < 3; p++) {
      int shift = p == 0 ? 0 : 1;
      for (int y = 0; y < frame.shape().rows(p); y++) {
        for (int x = 0; x < frame.shape().rowBytes(p); x++) {
          int rgb = patchAt(x << shift, y << shift, width, height);
          set(frame, p, x, y, yuv(rgb)[p]);
        }
      }
    }
    return frame;
  }

  /** Soft waves that move with {@code step}: easy to code, and different in every frame. */
  static VideoFrame waves(FramePool pool, int width, int height, int step) {
    VideoFrame frame = pool.acquire(FrameShape.i420(width, height));
    for (int p = 0; p < 3; p++) {
      int scale = p == 0 ? 1 : 2;
      for (int y = 0; y < frame.shape().rows(p); y++) {
        for (int x = 0; x < frame.shape().rowBytes(p); x++) {
          double wave =
              Math.sin((x * scale + 2.0 * step) / 23.0) + Math.cos((y * scale + step) / 17.0 + p);
          set(frame, p, x, y, (int) Math.round(126 + 50 * wave));
        }
      }
    }
    return frame;
  }

  static VideoFrame packed(FramePool pool, PixelFormat format, int width, int height) {
    VideoFrame frame = pool.acquire(new FrameShape(format, width, height));
    int bytes = format == PixelFormat.BGR24 ? 3 : 4;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = patchAt(x, y, width, height);
        boolean bgr = format == PixelFormat.BGR24;
        set(frame, 0, x * bytes, y, bgr ? rgb & 0xFF : rgb >> 16 & 0xFF);
        set(frame, 0, x * bytes + 1, y, rgb >> 8 & 0xFF);
        set(frame, 0, x * bytes + 2, y, bgr ? rgb >> 16 & 0xFF : rgb & 0xFF);
        if (!bgr) {
          set(frame, 0, x * bytes + 3, y, 0xFF);
        }
      }
    }
    return frame;
  }

  static void set(VideoFrame frame, int plane, int x, int y, int value) {
    frame.plane(plane).set(ValueLayout.JAVA_BYTE, (long) y * frame.stride(plane) + x, (byte) value);
  }

  static int get(VideoFrame frame, int plane, int x, int y) {
    return Byte.toUnsignedInt(
        frame.plane(plane).get(ValueLayout.JAVA_BYTE, (long) y * frame.stride(plane) + x));
  }

  /** The largest distance of any component at the centres of the patches. */
  static int worstPatchError(VideoFrame frame) {
    int worst = 0;
    for (int patch = 0; patch < PATCHES.length; patch++) {
      int[] at = centre(patch, frame.width(), frame.height());
      int[] wanted = yuv(PATCHES[patch]);
      worst = Math.max(worst, Math.abs(wanted[0] - get(frame, 0, at[0], at[1])));
      worst = Math.max(worst, Math.abs(wanted[1] - get(frame, 1, at[0] / 2, at[1] / 2)));
      worst = Math.max(worst, Math.abs(wanted[2] - get(frame, 2, at[0] / 2, at[1] / 2)));
    }
    return worst;
  }

  /** Peak signal to noise over all planes, in decibels. */
  static double psnr(VideoFrame a, VideoFrame b) {
    double squares = 0;
    long count = 0;
    for (int p = 0; p < 3; p++) {
      for (int y = 0; y < a.shape().rows(p); y++) {
        for (int x = 0; x < a.shape().rowBytes(p); x++) {
          double d = get(a, p, x, y) - get(b, p, x, y);
          squares += d * d;
          count++;
        }
      }
    }
    return squares == 0 ? 99 : 10 * Math.log10(255.0 * 255.0 * count / squares);
  }
}
