package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.VideoDecoder;
import org.framecast.stream.codec.VideoDecoderSettings;
import org.framecast.stream.codec.ffmpeg.FfmpegCodecs;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.junit.jupiter.api.Test;

class CountedCodecsTest {
  /** What it does not hand on would be the port's default: that there is nothing. */
  @Test
  void everythingThatThePortHasIsHandedOn() throws NoSuchMethodException {
    List<Method> own =
        Arrays.stream(MediaCodecs.class.getMethods()).filter(Method::isDefault).toList();
    for (Method method : own) {
      assertEquals(
          CountedCodecs.class,
          CountedCodecs.class
              .getMethod(method.getName(), method.getParameterTypes())
              .getDeclaringClass(),
          method.getName());
    }
  }

  @Test
  void aDecoderCountsUntilItIsClosed() {
    CountedCodecs codecs = new CountedCodecs(new FfmpegCodecs());
    try (FramePool frames = FramePool.open("counted", 1)) {
      VideoDecoder first =
          codecs.openVideoDecoder(new VideoDecoderSettings(Codec.VP8, "s", 64), frames);
      VideoDecoder second =
          codecs.openVideoDecoder(new VideoDecoderSettings(Codec.VP8, "s", 64), frames);
      assertEquals(2, codecs.openDecoders());
      first.close();
      first.close();
      assertEquals(1, codecs.openDecoders());
      second.close();
      assertEquals(0, codecs.openDecoders());
      assertEquals(0, codecs.encodersOpened());
    }
  }
}
