package org.framecast.stream.inference;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.framecast.stream.media.Detection;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * Finds things in pictures with a model of the YOLOv8 kind.
 *
 * <p><b>Thread:</b> any; as many calls at a time as the session has runs, a further one waits at
 * most two seconds.
 *
 * <p><b>Ownership:</b> owns its session and closes it. Close it after the last call returned; close
 * is idempotent.
 *
 * <p><b>Units and shapes:</b> the model's input is {@code 1 x 3 x height x width} float32, red,
 * green, blue from 0 to 1; its output {@code 1 x (4 + classes) x anchors} float32.
 */
public final class Detector implements AutoCloseable {
  private static final long MAX_WAIT_SECONDS = 2;

  private final ModelSession session;
  private final ArrayBlockingQueue<Workplace> idle;
  private final AtomicInteger opened = new AtomicInteger();
  private volatile boolean closed;

  /** What one worker needs: the run's buffers and the scratch memory around them. */
  private record Workplace(ModelRun run, Letterbox letterbox, YoloDecoder decoder) {}

  private Detector(ModelSession session) {
    this.session = session;
    this.idle = new ArrayBlockingQueue<>(session.maxRuns());
  }

  /**
   * Takes over a session.
   *
   * @throws MediaException with UNSUPPORTED when the model has other inputs or outputs; the session
   *     is closed then
   */
  public static Detector of(ModelSession session) {
    String fault = fault(session.input(), session.output(), session.model().labels().size());
    if (fault != null) {
      session.close();
      throw new MediaException(
          MediaException.Code.UNSUPPORTED, session.model().name() + " is no detector: " + fault);
    }
    return new Detector(session);
  }

  /**
   * Finds things in a picture.
   *
   * <p><b>Ownership:</b> the frame is lent and only read.
   *
   * @return best first, in pixels of the frame and inside it
   */
  public List<Detection> detect(VideoFrame frame, DetectionSettings settings) {
    Workplace place = borrow();
    try {
      LetterboxFit fit = place.letterbox().fill(frame);
      place.run().run();
      return place
          .decoder()
          .decode(place.run().output(), fit, frame.width(), frame.height(), settings);
    } finally {
      giveBack(place);
    }
  }

  /**
   * Runs the model once and judges its boxes twice: by what is wanted, and by what may have to be
   * hidden.
   *
   * <p><b>Ownership:</b> the frame is lent and only read.
   *
   * @param sensitive each class is judged for itself: a box counts for every class that it scores
   *     enough in
   */
  public Findings find(VideoFrame frame, DetectionSettings wanted, DetectionSettings sensitive) {
    Workplace place = borrow();
    try {
      LetterboxFit fit = place.letterbox().fill(frame);
      ModelRun run = place.run();
      run.run();
      YoloDecoder decoder = place.decoder();
      int width = frame.width();
      int height = frame.height();
      return new Findings(
          decoder.decode(run.output(), fit, width, height, wanted),
          decoder.decodeEachClass(run.output(), fit, width, height, sensitive));
    } finally {
      giveBack(place);
    }
  }

  /**
   * What one look at a picture found, best first, in pixels of the frame and inside it.
   *
   * @param wanted what the one who asked wants to know about
   * @param sensitive what may have to be hidden, class by class
   */
  public record Findings(List<Detection> wanted, List<Detection> sensitive) {}

  /** The model, its shapes, and where it runs. */
  public ModelSession session() {
    return session;
  }

  /** The class names in the order of the model's scores. */
  public List<String> labels() {
    return session.model().labels();
  }

  private Workplace borrow() {
    if (closed) {
      throw new IllegalStateException("the detector is closed");
    }
    Workplace place = idle.poll();
    if (place == null && opened.getAndUpdate(n -> Math.min(n + 1, maxRuns())) < maxRuns()) {
      return open();
    }
    return place == null ? await() : place;
  }

  private int maxRuns() {
    return session.maxRuns();
  }

  private Workplace open() {
    boolean done = false;
    try {
      ModelRun run = session.openRun();
      TensorSpec input = session.input();
      Letterbox letterbox = Letterbox.of(run.input(), input.size(3), input.size(2));
      Workplace place =
          new Workplace(run, letterbox, new YoloDecoder(labels(), session.output().size(2)));
      done = true;
      return place;
    } finally {
      if (!done) {
        opened.decrementAndGet();
      }
    }
  }

  private Workplace await() {
    try {
      Workplace place = idle.poll(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
      if (place != null) {
        return place;
      }
      throw new MediaException(
          MediaException.Code.POOL_EXHAUSTED, "all " + maxRuns() + " runs are busy");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MediaException(MediaException.Code.INFERENCE_FAILED, "interrupted", e);
    }
  }

  private void giveBack(Workplace place) {
    if (!idle.offer(place) || closed) {
      closeIdle();
    }
  }

  private void closeIdle() {
    for (Workplace place = idle.poll(); place != null; place = idle.poll()) {
      place.run().close();
    }
  }

  /** Closes idle runs and the session; runs under way are closed when they come back. */
  @Override
  public void close() {
    closed = true;
    closeIdle();
    session.close();
  }

  private static @Nullable String fault(TensorSpec input, TensorSpec output, int classes) {
    if (input.type() != TensorSpec.Type.FLOAT32 || output.type() != TensorSpec.Type.FLOAT32) {
      return "its input or output is not float32";
    }
    if (input.shape().size() != 4 || input.size(0) != 1 || input.size(1) != 3) {
      return "its input is " + input.shape();
    }
    if (output.shape().size() != 3 || output.size(0) != 1 || output.size(1) != 4 + classes) {
      return "its output is " + output.shape() + " for " + classes + " labels";
    }
    return null;
  }
}
