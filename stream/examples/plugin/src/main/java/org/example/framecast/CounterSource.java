package org.example.framecast;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.MediaItem;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.media.VideoInfo;

/** Grey pictures, each as bright as its number says. */
final class CounterSource implements StreamSource {
  private final CounterOptions options;
  private final FramePool frames;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final long startNanos = System.nanoTime();
  private long number;

  CounterSource(CounterOptions options, FramePool frames) {
    this.options = options;
    this.frames = frames;
  }

  @Override
  public MediaInfo info() {
    return MediaInfo.ofVideo(new VideoInfo(options.side(), options.side(), options.rate()));
  }

  @Override
  public MediaItem next() throws InterruptedException {
    if (options.pictures() > 0 && number == options.pictures()) {
      return null;
    }
    long ptsNanos = number * 1_000_000_000L / options.rate();
    long early = options.paced() ? startNanos + ptsNanos - System.nanoTime() : 0;
    if (closed.await(early, TimeUnit.NANOSECONDS)) {
      return null;
    }
    VideoFrame picture = frames.acquire(FrameShape.i420(options.side(), options.side()));
    picture.plane(0).fill((byte) number);
    picture.plane(1).fill((byte) 128);
    picture.plane(2).fill((byte) 128);
    return new TimestampedFrame(picture, "counter", number++, ptsNanos);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
