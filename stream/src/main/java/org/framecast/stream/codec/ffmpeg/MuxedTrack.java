package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.framecast.stream.codec.TrackCodec;
import org.framecast.stream.codec.TrackFormat;
import org.framecast.stream.codec.TrackUnit;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;

/**
 * One track of a file that is written: tells FFmpeg its format, and its units as packets.
 *
 * <p><b>Thread:</b> its muxer's.
 *
 * <p><b>Ownership:</b> a packet shows the unit's own bytes, for one call.
 */
final class MuxedTrack implements AutoCloseable {
  private static final int CLOCK_RATE_HZ = 90_000;
  private static final int RATE_DENOMINATOR = 1_000;
  private static final long NANOS = 1_000_000_000L;

  /** What Opus decoders should hear before they are heard (RFC 7845 §4.6), in samples. */
  private static final int OPUS_PREROLL = 3_840;

  private final AVStream stream;
  private final int index;
  private final AVPacket packet = Ffmpeg.allocated(avcodec.av_packet_alloc(), "packet");
  private final MemorySegment fields = Ffmpeg.view(packet.address(), Ffmpeg.packetBytes());
  private long ticksNumerator;
  private long ticksDenominator = 1;
  private long last = Long.MIN_VALUE;

  MuxedTrack(AVStream stream, int index, TrackFormat format) {
    this.stream = stream;
    this.index = index;
    AVCodecParameters parameters = stream.codecpar();
    parameters.codec_id(codecId(format.codec()));
    parameters.bit_rate(format.bitrateBps());
    configure(parameters, format.configuration());
    switch (format) {
      case TrackFormat.Pictures pictures -> pictures(parameters, pictures);
      case TrackFormat.Sound sound -> sound(parameters, sound);
    }
  }

  private void pictures(AVCodecParameters parameters, TrackFormat.Pictures format) {
    parameters.codec_type(avutil.AVMEDIA_TYPE_VIDEO);
    parameters.width(format.width()).height(format.height());
    parameters.format(avutil.AV_PIX_FMT_YUV420P);
    parameters.color_range(avutil.AVCOL_RANGE_MPEG).color_space(avutil.AVCOL_SPC_SMPTE170M);
    int rate = (int) Math.round(format.frameRate() * RATE_DENOMINATOR);
    stream.avg_frame_rate().num(rate).den(RATE_DENOMINATOR);
    stream.time_base().num(1).den(CLOCK_RATE_HZ);
  }

  private void sound(AVCodecParameters parameters, TrackFormat.Sound format) {
    parameters.codec_type(avutil.AVMEDIA_TYPE_AUDIO);
    parameters.sample_rate(AudioFrame.SAMPLE_RATE_HZ);
    parameters.frame_size(format.unitSamples());
    parameters.initial_padding(format.delaySamples());
    if (format.codec() == TrackCodec.OPUS) {
      parameters.seek_preroll(OPUS_PREROLL);
    }
    avutil.av_channel_layout_default(parameters.ch_layout(), AudioFrame.CHANNELS);
    stream.time_base().num(1).den(AudioFrame.SAMPLE_RATE_HZ);
  }

  /** FFmpeg frees the configuration with the stream. */
  private static void configure(AVCodecParameters parameters, byte[] configuration) {
    if (configuration.length > 0) {
      long size = configuration.length + avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
      BytePointer bytes =
          new BytePointer(Ffmpeg.allocated(avutil.av_mallocz(size), "configuration"));
      bytes.put(configuration, 0, configuration.length);
      parameters.extradata(bytes).extradata_size(configuration.length);
    }
  }

  private static int codecId(TrackCodec codec) {
    return switch (codec) {
      case VP8 -> avcodec.AV_CODEC_ID_VP8;
      case VP9 -> avcodec.AV_CODEC_ID_VP9;
      case H264 -> avcodec.AV_CODEC_ID_H264;
      case H265 -> avcodec.AV_CODEC_ID_HEVC;
      case AV1 -> avcodec.AV_CODEC_ID_AV1;
      case OPUS -> avcodec.AV_CODEC_ID_OPUS;
      case AAC -> avcodec.AV_CODEC_ID_AAC;
    };
  }

  /** The format has chosen its time base: times are told in it from now on. */
  void begin() {
    ticksNumerator = stream.time_base().den();
    ticksDenominator = stream.time_base().num() * NANOS;
  }

  /** Shows the unit as a packet, later than the one before. */
  AVPacket packet(TrackUnit unit) {
    long ticks = Math.max(last + 1, ticks(unit.ptsNanos()));
    last = ticks;
    packet.stream_index(index);
    packet.pts(ticks).dts(ticks);
    packet.duration(ticks(unit.durationNanos()));
    packet.flags(unit.kind() == AccessUnit.Kind.KEYFRAME ? avcodec.AV_PKT_FLAG_KEY : 0);
    packet.size(unit.data().sizeBytes());
    fields.set(ValueLayout.JAVA_LONG, Ffmpeg.packetDataOffset(), unit.data().block().address());
    return packet;
  }

  /** Rounded to the nearest tick. */
  private long ticks(long nanos) {
    return avutil.av_rescale(nanos, ticksNumerator, ticksDenominator);
  }

  @Override
  public void close() {
    // The bytes are the unit's.
    fields.set(ValueLayout.JAVA_LONG, Ffmpeg.packetDataOffset(), 0L);
    packet.size(0);
    avcodec.av_packet_free(packet);
  }
}
