package org.framecast.product;

import java.awt.image.BufferedImage;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/** Decodes what came to a viewer, to look at it and listen to it. */
final class MediaDecoder implements AutoCloseable {
  private static final int SAMPLE_RATE_HZ = 48_000;

  private final AVCodecContext context;
  private final AVFrame frame = avutil.av_frame_alloc();
  private final AVPacket packet = avcodec.av_packet_alloc();

  private MediaDecoder(int id, int channels) {
    AVCodec codec = avcodec.avcodec_find_decoder(id);
    context = avcodec.avcodec_alloc_context3(codec);
    context.thread_count(1);
    if (channels > 0) {
      context.sample_rate(SAMPLE_RATE_HZ);
      avutil.av_channel_layout_default(context.ch_layout(), channels);
    }
    check(avcodec.avcodec_open2(context, codec, (AVDictionary) null));
  }

  static MediaDecoder vp8() {
    return new MediaDecoder(avcodec.AV_CODEC_ID_VP8, 0);
  }

  static MediaDecoder opus() {
    return new MediaDecoder(avcodec.AV_CODEC_ID_OPUS, 2);
  }

  /** Decodes the next picture, which those after it refer to, and does not look at it. */
  void skip(byte[] unit) {
    read(unit);
    avutil.av_frame_unref(frame);
  }

  /** The next picture, as RGB. */
  BufferedImage picture(byte[] unit) {
    read(unit);
    int width = frame.width();
    int height = frame.height();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    byte[] y = plane(0, height);
    byte[] u = plane(1, (height + 1) / 2);
    byte[] v = plane(2, (height + 1) / 2);
    for (int row = 0; row < height; row++) {
      for (int x = 0; x < width; x++) {
        int chroma = row / 2 * frame.linesize(1) + x / 2;
        double light = 1.164 * ((y[row * frame.linesize(0) + x] & 0xFF) - 16);
        int blueness = (u[chroma] & 0xFF) - 128;
        int redness = (v[chroma] & 0xFF) - 128;
        int red = level(light + 1.596 * redness);
        int green = level(light - 0.392 * blueness - 0.813 * redness);
        image.setRGB(x, row, red << 16 | green << 8 | level(light + 2.017 * blueness));
      }
    }
    avutil.av_frame_unref(frame);
    return image;
  }

  /** The next block's left channel. */
  float[] sound(byte[] unit) {
    read(unit);
    float[] left = new float[frame.nb_samples()];
    new FloatPointer(frame.data(0)).capacity(left.length).get(left);
    avutil.av_frame_unref(frame);
    return left;
  }

  private byte[] plane(int number, int rows) {
    byte[] bytes = new byte[frame.linesize(number) * rows];
    new BytePointer(frame.data(number)).capacity(bytes.length).get(bytes);
    return bytes;
  }

  private static int level(double value) {
    return Math.clamp(Math.round(value), 0, 255);
  }

  private void read(byte[] unit) {
    check(avcodec.av_new_packet(packet, unit.length));
    packet.data().capacity(unit.length).put(unit);
    check(avcodec.avcodec_send_packet(context, packet));
    avcodec.av_packet_unref(packet);
    check(avcodec.avcodec_receive_frame(context, frame));
  }

  private static void check(int result) {
    if (result < 0) {
      throw new AssertionError("FFmpeg says " + result);
    }
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
