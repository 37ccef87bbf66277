package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.framecast.stream.source.scene.PictureStamp;

/**
 * Media files for tests, by FFmpeg's encoders and muxers: each picture carries its number, the
 * sound is a tone of 440 Hz on both sides. Natives that a recipe does not ask for stay null.
 */
@SuppressWarnings("NullAway")
public final class TestMedia implements AutoCloseable {
  public static final int WIDTH = 160;
  public static final int HEIGHT = 96;
  public static final int RATE = 25;
  public static final int TONE_HZ = 440;
  private static final int SOUND_RATE = 44_100;
  private static final int NO_SIZE = 1_024;

  /**
   * What to write.
   *
   * @param video FFmpeg's name of an encoder; empty for none
   * @param audio FFmpeg's name of an encoder; empty for none
   * @param gop pictures from one keyframe to the next
   * @param together whether sound lies between the pictures
   */
  public record Recipe(
      String muxer,
      String video,
      String audio,
      int frames,
      int gop,
      int bFrames,
      boolean together) {
    /** Pictures alone, with a keyframe every twelve. */
    public static Recipe of(String muxer, String video, int frames) {
      return new Recipe(muxer, video, "", frames, 12, 0, true);
    }

    public Recipe sound(String encoder) {
      return new Recipe(muxer, video, encoder, frames, gop, bFrames, together);
    }

    public Recipe gop(int pictures, int between) {
      return new Recipe(muxer, video, audio, frames, pictures, between, together);
    }

    /** All pictures first, then all sound. */
    public Recipe apart() {
      return new Recipe(muxer, video, audio, frames, gop, bFrames, false);
    }

    /** Sound alone, as long as so many pictures. */
    public static Recipe ofSound(String muxer, String audio, int frames) {
      return new Recipe(muxer, "", audio, frames, 0, 0, true);
    }

    public double seconds() {
      return (double) frames / RATE;
    }
  }

  private final Recipe recipe;
  private final Scaler scaler = new Scaler();
  private final AVFormatContext container = new AVFormatContext(null);
  private final AVIOContext file = new AVIOContext(null);
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame plain = avutil.av_frame_alloc();
  private final AVFrame picture = avutil.av_frame_alloc();
  private final AVFrame tone = avutil.av_frame_alloc();
  private final AVFrame block = avutil.av_frame_alloc();
  private final SwrContext resampler = swresample.swr_alloc();
  private AVCodecContext video;
  private AVCodecContext audio;
  private AVStream videoStream;
  private AVStream audioStream;
  private long samples;

  private TestMedia(Recipe recipe) {
    this.recipe = recipe;
  }

  /** Writes the file and gives it back. */
  public static Path write(Path to, Recipe recipe) {
    Ffmpeg.load();
    try (TestMedia media = new TestMedia(recipe)) {
      media.run(to);
    }
    return to;
  }

  /** Copies an mp4 with its index in front. */
  static Path writeIndexFirst(Path to, Path from) {
    AVFormatContext input = new AVFormatContext(null);
    AVFormatContext output = new AVFormatContext(null);
    AVIOContext file = new AVIOContext(null);
    AVPacket packet = avcodec.av_packet_alloc();
    AVDictionary options = new AVDictionary(null);
    check(avformat.avformat_open_input(input, from.toString(), null, (AVDictionary) null));
    check(avformat.avformat_find_stream_info(input, (AVDictionary) null));
    check(avformat.avformat_alloc_output_context2(output, null, "mp4", to.toString()));
    for (int i = 0; i < input.nb_streams(); i++) {
      AVStream stream = avformat.avformat_new_stream(output, null);
      check(avcodec.avcodec_parameters_copy(stream.codecpar(), input.streams(i).codecpar()));
      stream.codecpar().codec_tag(0);
    }
    check(avformat.avio_open(file, to.toString(), avformat.AVIO_FLAG_WRITE));
    output.pb(file);
    avutil.av_dict_set(options, "movflags", "faststart", 0);
    check(avformat.avformat_write_header(output, options));
    while (avformat.av_read_frame(input, packet) >= 0) {
      int i = packet.stream_index();
      avcodec.av_packet_rescale_ts(
          packet, input.streams(i).time_base(), output.streams(i).time_base());
      packet.pos(-1);
      check(avformat.av_interleaved_write_frame(output, packet));
    }
    check(avformat.av_write_trailer(output));
    check(avformat.avio_closep(file));
    avutil.av_dict_free(options);
    avcodec.av_packet_free(packet);
    avformat.avformat_free_context(output);
    avformat.avformat_close_input(input);
    return to;
  }

  private void run(Path to) {
    check(avformat.avformat_alloc_output_context2(container, null, recipe.muxer(), to.toString()));
    if (!recipe.video().isEmpty()) {
      openVideo();
    }
    if (!recipe.audio().isEmpty()) {
      openAudio();
    }
    check(avformat.avio_open(file, to.toString(), avformat.AVIO_FLAG_WRITE));
    container.pb(file);
    AVDictionary said = new AVDictionary(null);
    avutil.av_dict_set(said, "title", "numbers", 0);
    container.metadata(said);
    check(avformat.avformat_write_header(container, (AVDictionary) null));
    for (int i = 0; i < recipe.frames(); i++) {
      if (video != null) {
        video(i);
      }
      if (audio != null && recipe.together()) {
        audioUntil((double) (i + 1) / RATE);
      }
    }
    if (video != null) {
      encode(video, null, videoStream);
    }
    if (audio != null) {
      audioUntil(recipe.seconds());
      encode(audio, null, audioStream);
    }
    check(avformat.av_write_trailer(container));
    check(avformat.avio_closep(file));
  }

  private void openVideo() {
    String name = recipe.video();
    videoStream = avformat.avformat_new_stream(container, null);
    video =
        Contexts.openEncoder(
            name,
            (context, options) -> {
              context.width(WIDTH).height(HEIGHT);
              context.pix_fmt(pixels(name));
              context.time_base().num(1).den(RATE);
              context.framerate().num(RATE).den(1);
              context.gop_size(recipe.gop()).max_b_frames(recipe.bFrames());
              context.bit_rate(4_000_000).thread_count(1);
              switch (name) {
                case "mpeg4", "mpeg2video" ->
                    context
                        .flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE)
                        .global_quality(2 * avutil.FF_QP2LAMBDA);
                case "libaom-av1" -> {
                  avutil.av_dict_set(options, "cpu-used", "8", 0);
                  avutil.av_dict_set(options, "usage", "realtime", 0);
                }
                case "libvpx", "libvpx-vp9" -> {
                  avutil.av_dict_set(options, "deadline", "realtime", 0);
                  avutil.av_dict_set(options, "cpu-used", "8", 0);
                }
                default -> {}
              }
              globalHeader(context);
            });
    if (name.equals("mpeg2video")) {
      // No scene cuts: the distance between keyframes is the one that was asked for.
      avutil.av_opt_set_int(video.priv_data(), "sc_threshold", 1_000_000_000, 0);
    }
    check(avcodec.avcodec_parameters_from_context(videoStream.codecpar(), video));
    videoStream.time_base().num(1).den(RATE);
    videoStream.avg_frame_rate().num(RATE).den(1);
    frame(plain, avutil.AV_PIX_FMT_YUV420P);
    frame(picture, pixels(name));
  }

  private static void frame(AVFrame frame, int format) {
    frame.width(WIDTH).height(HEIGHT).format(format);
    frame.color_range(
        format == avutil.AV_PIX_FMT_YUVJ420P || format == avutil.AV_PIX_FMT_RGB24
            ? avutil.AVCOL_RANGE_JPEG
            : avutil.AVCOL_RANGE_MPEG);
    check(avutil.av_frame_get_buffer(frame, 0));
  }

  private static int pixels(String encoder) {
    return switch (encoder) {
      case "mjpeg" -> avutil.AV_PIX_FMT_YUVJ420P;
      case "png" -> avutil.AV_PIX_FMT_RGB24;
      case "ffv1" -> avutil.AV_PIX_FMT_YUV444P;
      case "prores" -> avutil.AV_PIX_FMT_YUV422P10;
      default -> avutil.AV_PIX_FMT_YUV420P;
    };
  }

  private void globalHeader(AVCodecContext context) {
    if ((container.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
      context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }
  }

  private void video(int number) {
    paint(number);
    check(avutil.av_frame_make_writable(picture));
    scaler.scale(plain, picture);
    picture.pts(number);
    encode(video, picture, videoStream);
  }

  private void paint(int number) {
    int[] pixels = new int[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        pixels[y * WIDTH + x] = (x + y + 3 * number & 127) + 64;
      }
    }
    PictureStamp.paint(pixels, WIDTH, HEIGHT, number);
    int stride = plain.linesize(0);
    MemorySegment luma = Ffmpeg.view(plain.data(0).address(), (long) stride * HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int grey = 16 + (pixels[y * WIDTH + x] & 255) * 219 / 255;
        luma.set(ValueLayout.JAVA_BYTE, (long) y * stride + x, (byte) grey);
      }
    }
    for (int plane = 1; plane < 3; plane++) {
      Ffmpeg.view(plain.data(plane).address(), (long) plain.linesize(plane) * HEIGHT / 2)
          .fill((byte) 128);
    }
  }

  private void openAudio() {
    String name = recipe.audio();
    audioStream = avformat.avformat_new_stream(container, null);
    int rate = name.equals("libopus") ? 48_000 : SOUND_RATE;
    audio =
        Contexts.openEncoder(
            name,
            (context, options) -> {
              context.sample_rate(rate).sample_fmt(samples(name)).bit_rate(128_000);
              avutil.av_channel_layout_default(context.ch_layout(), 2);
              context.time_base().num(1).den(rate);
              context.strict_std_compliance(avcodec.FF_COMPLIANCE_EXPERIMENTAL);
              globalHeader(context);
            });
    check(avcodec.avcodec_parameters_from_context(audioStream.codecpar(), audio));
    audioStream.time_base().num(1).den(rate);
    int size = audio.frame_size() > 0 ? audio.frame_size() : NO_SIZE;
    sound(tone, avutil.AV_SAMPLE_FMT_FLT, size);
    sound(block, samples(name), size);
  }

  private void sound(AVFrame frame, int format, int size) {
    frame.format(format).nb_samples(size).sample_rate(audio.sample_rate());
    avutil.av_channel_layout_default(frame.ch_layout(), 2);
    check(avutil.av_frame_get_buffer(frame, 0));
  }

  private static int samples(String encoder) {
    return switch (encoder) {
      case "aac", "vorbis", "libvorbis" -> avutil.AV_SAMPLE_FMT_FLTP;
      case "libmp3lame" -> avutil.AV_SAMPLE_FMT_S16P;
      default -> avutil.AV_SAMPLE_FMT_S16;
    };
  }

  private void audioUntil(double seconds) {
    int size = tone.nb_samples();
    while (samples < seconds * audio.sample_rate()) {
      MemorySegment values = Ffmpeg.view(tone.data(0).address(), (long) size * 2 * Float.BYTES);
      for (int i = 0; i < size; i++) {
        double at = (double) (samples + i) / audio.sample_rate();
        float value = (float) (0.5 * Math.sin(2 * Math.PI * TONE_HZ * at));
        values.setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i, value);
        values.setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i + 1, value);
      }
      check(avutil.av_frame_make_writable(block));
      block.nb_samples(size);
      check(swresample.swr_convert_frame(resampler, block, tone));
      block.pts(samples);
      samples += size;
      encode(audio, block, audioStream);
    }
  }

  private void encode(AVCodecContext encoder, AVFrame frame, AVStream stream) {
    check(avcodec.avcodec_send_frame(encoder, frame));
    while (avcodec.avcodec_receive_packet(encoder, packet) >= 0) {
      avcodec.av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
      packet.stream_index(stream.index());
      check(
          recipe.together()
              ? avformat.av_interleaved_write_frame(container, packet)
              : avformat.av_write_frame(container, packet));
      avcodec.av_packet_unref(packet);
    }
  }

  private static void check(int result) {
    Ffmpeg.check(result, "test media");
  }

  @Override
  public void close() {
    scaler.close();
    avcodec.av_packet_free(packet);
    avutil.av_frame_free(plain);
    avutil.av_frame_free(picture);
    avutil.av_frame_free(tone);
    avutil.av_frame_free(block);
    swresample.swr_free(resampler);
    if (video != null) {
      avcodec.avcodec_free_context(video);
    }
    if (audio != null) {
      avcodec.avcodec_free_context(audio);
    }
    avformat.avformat_free_context(container);
  }
}
