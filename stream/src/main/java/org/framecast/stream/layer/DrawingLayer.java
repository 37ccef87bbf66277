package org.framecast.stream.layer;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.Placement;
import org.framecast.stream.flow.VisualSource;
import org.framecast.stream.layer.overlay.VisualPainter;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;

/**
 * Lays what a function draws over the picture, and gives it to a compositor as a visual. The
 * function has a canvas as large as the picture.
 *
 * <p>A function that fails has drawn nothing: the frame goes on, and the fault is counted and told.
 * A function that does not return keeps its worker; nothing ends it.
 *
 * <p><b>Thread:</b> several worker threads at a time.
 */
public final class DrawingLayer implements Layer, VisualSource {
  private final String name;
  private final Drawing drawing;
  private final FramePool pool;
  private final DrawingListener listener;
  private final Canvases canvases = new Canvases();
  private final VisualPainter painter = new VisualPainter(this);
  private final AtomicLong faults = new AtomicLong();
  private volatile Map<String, Object> variables = Map.of();

  /**
   * A layer that draws.
   *
   * @param pool where the frames come from that it draws into
   * @param listener learns of each fault
   */
  public DrawingLayer(String name, Drawing drawing, FramePool pool, DrawingListener listener) {
    this.name = name;
    this.drawing = drawing;
    this.pool = pool;
    this.listener = listener;
  }

  /** A layer that draws and counts its faults. */
  public DrawingLayer(String name, Drawing drawing, FramePool pool) {
    this(name, drawing, pool, DrawingListener.NONE);
  }

  @Override
  public String name() {
    return name;
  }

  /** What the drawing finds as its own variables from the next frame on. */
  public void variables(Map<String, Object> values) {
    variables = Map.copyOf(values);
  }

  /** How often the drawing failed. */
  public long faults() {
    return faults.get();
  }

  @Override
  public void process(TimestampedFrame frame) {
    painter.lay(frame.pixels(), frame, Placement.FILL, 1);
  }

  @Override
  public Object version(TimestampedFrame frame) {
    try {
      return drawing.version(context(frame));
    } catch (RuntimeException | Error e) {
      return LIVE;
    }
  }

  @Override
  public VideoFrame picture(TimestampedFrame frame) {
    DrawingContext context = context(frame);
    return canvases.draw(
        pool,
        context.width(),
        context.height(),
        canvas -> {
          try {
            drawing.draw(canvas, context);
            return Canvases.Outcome.DRAWN;
          } catch (RuntimeException | Error e) {
            faults.incrementAndGet();
            listener.failed(name, frame.frameNumber(), e);
            return Canvases.Outcome.FAILED;
          }
        });
  }

  private DrawingContext context(TimestampedFrame frame) {
    VideoFrame pixels = frame.pixels();
    return new DrawingContext(
        frame.frameNumber(), frame.captureNanos(), pixels.width(), pixels.height(), variables);
  }
}
