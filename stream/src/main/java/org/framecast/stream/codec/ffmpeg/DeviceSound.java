package org.framecast.stream.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.PointerPointer;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a device's sound what every stream has: float32, stereo, 48 kHz.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class DeviceSound implements AutoCloseable {
  private final BufferPool pool;
  private final SwrContext resampler;
  private final PointerPointer<Ffmpeg.Address> out = new PointerPointer<>(1);
  private final SoundTimeline times = new SoundTimeline();

  DeviceSound(AVCodecContext decoder, BufferPool pool) {
    this.pool = pool;
    AVChannelLayout stereo = new AVChannelLayout();
    resampler = new SwrContext(null);
    boolean done = false;
    try {
      avutil.av_channel_layout_default(stereo, AudioFrame.CHANNELS);
      Ffmpeg.check(
          swresample.swr_alloc_set_opts2(
              resampler,
              stereo,
              avutil.AV_SAMPLE_FMT_FLT,
              AudioFrame.SAMPLE_RATE_HZ,
              decoder.ch_layout(),
              decoder.sample_fmt(),
              decoder.sample_rate(),
              0,
              null),
          "resampler");
      Ffmpeg.check(swresample.swr_init(resampler), "resampler");
      done = true;
    } finally {
      stereo.close();
      if (!done) {
        swresample.swr_free(resampler);
        out.close();
      }
    }
    Ffmpeg.opened();
  }

  /**
   * @param block what the decoder gave
   * @param arrivalNanos when it was read
   * @return null when the resampler keeps all of it
   */
  @Nullable AudioFrame convert(AVFrame block, long arrivalNanos) {
    int room = Ffmpeg.check(swresample.swr_get_out_samples(resampler, block.nb_samples()), "room");
    MediaBuffer pcm = pool.acquire(Math.max(1, room) * AudioFrame.BYTES_PER_SAMPLE_PAIR);
    int made = 0;
    try {
      out.put(0, new Ffmpeg.Address(pcm.block()));
      made =
          Ffmpeg.check(
              swresample.swr_convert(
                  resampler, out, room, block.extended_data(), block.nb_samples()),
              "resample");
    } finally {
      if (made == 0) {
        pcm.close();
      }
    }
    if (made == 0) {
      return null;
    }
    pcm.sizeBytes(made * AudioFrame.BYTES_PER_SAMPLE_PAIR);
    return new AudioFrame(pcm, times.place(made, arrivalNanos));
  }

  @Override
  public void close() {
    swresample.swr_free(resampler);
    out.close();
    Ffmpeg.closed();
  }
}
