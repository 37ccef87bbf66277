package org.framecast.stream.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.framecast.stream.codec.AudioEncoder;
import org.framecast.stream.codec.VideoEncoder;
import org.framecast.stream.codec.VideoEncoder.Keyframe;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.source.clip.Clip;
import org.framecast.stream.source.clip.ClipFile;
import org.framecast.stream.source.clip.ClipLoop;
import org.framecast.stream.source.clip.ClipRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clip from real encoders, through its file, looped into real decoders. */
class RealClipTest extends NativesTest {
  private static final int FRAMES = 25;
  private static final long FRAME_NANOS = 40_000_000;
  private static final long DURATION_NANOS = FRAMES * FRAME_NANOS;

  @TempDir Path folder;

  private void record(Path path) throws IOException {
    VideoEncoderSettings settings =
        new VideoEncoderSettings(Codec.VP8, 320, 180, 1_000_000, 25, FRAMES, 12);
    try (ClipRecorder recorder = new ClipRecorder();
        VideoEncoder video = codecs.openVideoEncoder(settings, buffers);
        AudioEncoder audio = codecs.openAudioEncoder(64_000, buffers)) {
      for (int i = 0; i < FRAMES; i++) {
        try (VideoFrame frame = TestPictures.waves(frames, 320, 180, i);
            AudioFrame silence =
                new AudioFrame(buffers.acquire(1920 * 8).sizeBytes(1920 * 8), i * FRAME_NANOS)) {
          silence.content().fill((byte) 0);
          video.encode(frame, i * FRAME_NANOS, Keyframe.AS_NEEDED, recorder);
          audio.encode(silence, recorder);
        }
      }
      video.flush(recorder);
      audio.flush(recorder);
      recorder.write(path, new ClipFile.FrameSize(320, 180), DURATION_NANOS);
    }
  }

  @Test
  void everyRoundShowsThePictures() throws IOException {
    Path path = folder.resolve("real.clip");
    record(path);
    try (Clip clip = ClipFile.load(path, buffers);
        TestDecoder video = new TestDecoder(Codec.VP8);
        TestDecoder audio = new TestDecoder(Codec.OPUS)) {
      assertEquals(FRAMES + 2 * FRAMES, clip.units().size());
      ClipLoop loop = clip.loop(0);
      int pictures = 0;
      for (int i = 0; i < 2 * clip.units().size(); i++) {
        try (AccessUnit unit = loop.take()) {
          if (unit.codec() == Codec.OPUS) {
            assertEquals(960, audio.decodeSound(unit).length, 320);
            continue;
          }
          assertEquals(pictures * FRAME_NANOS, unit.ptsNanos());
          try (VideoFrame wanted = TestPictures.waves(frames, 320, 180, pictures % FRAMES);
              VideoFrame seen = video.decode(unit, frames)) {
            double psnr = TestPictures.psnr(wanted, seen);
            assertTrue(psnr > 30, "picture " + pictures + " at " + psnr + " dB");
          }
          pictures++;
        }
      }
      assertEquals(2 * FRAMES, pictures);
    }
  }
}
