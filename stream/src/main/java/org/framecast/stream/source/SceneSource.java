package org.framecast.stream.source;

import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.framecast.stream.media.VideoInfo;
import org.framecast.stream.source.scene.MovingScene;
import org.framecast.stream.time.FrameTimer;
import org.framecast.stream.time.MediaClock;
import org.jspecify.annotations.Nullable;

/**
 * A moving scene, rendered live: the camera of those who have none.
 *
 * <p>When rendering is too slow for the rate, or nobody takes the frames, frames are left out and
 * the scene goes on in time.
 *
 * <p><b>Units:</b> the capture time of a frame is the time of its beat; its number that of the
 * beat.
 */
public final class SceneSource implements StreamSource {
  private final String sourceId;
  private final SceneSettings settings;
  private final FramePool pool;
  private final FrameTimer timer;
  private final FrameShape shape;
  private @Nullable MovingScene scene;

  /**
   * Makes a source that waits to be asked.
   *
   * @param sourceId what its frames say of where they come from
   * @param pool where its frames come from
   */
  public SceneSource(String sourceId, SceneSettings settings, FramePool pool, MediaClock clock) {
    this.sourceId = sourceId;
    this.settings = settings;
    this.pool = pool;
    this.timer = new FrameTimer(clock, settings.frameRate());
    this.shape = FrameShape.i420(settings.width(), settings.height());
  }

  @Override
  public MediaInfo info() {
    return MediaInfo.ofVideo(
        new VideoInfo(settings.width(), settings.height(), settings.frameRate()));
  }

  @Override
  public @Nullable TimestampedFrame next() throws InterruptedException {
    for (long beat = timer.await(); beat != FrameTimer.STOPPED; beat = timer.await()) {
      VideoFrame pixels = pool.tryAcquire(shape);
      if (pixels != null) {
        return render(beat, pixels);
      }
    }
    return null;
  }

  private TimestampedFrame render(long beat, VideoFrame pixels) {
    boolean done = false;
    try {
      scene().render(beat, pixels);
      done = true;
      return new TimestampedFrame(pixels, sourceId, beat, timer.timeOf(beat));
    } finally {
      if (!done) {
        pixels.close();
      }
    }
  }

  @Override
  public void close() {
    timer.stop();
  }

  /** Painting the backdrop takes long: whoever asks for the first frame does it. */
  private MovingScene scene() {
    MovingScene painted = scene;
    if (painted == null) {
      painted =
          new MovingScene(
              settings.width(), settings.height(), settings.seed(), settings.loopFrames());
      scene = painted;
    }
    return painted;
  }
}
