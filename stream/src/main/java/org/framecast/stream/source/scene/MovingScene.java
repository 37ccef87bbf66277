package org.framecast.stream.source.scene;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * A scene in motion that begins again without a seam: objects of all classes, each on an orbit of
 * its own, over a backdrop that stands still. The objects never overlap.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Ownership:</b> {@link #pixels()} is the scene's own and valid until the next call.
 *
 * <p><b>Units and shapes:</b> pixels are {@code 0xRRGGBB}, row after row, without padding.
 */
public final class MovingScene {
  private static final int CLUTTER = 5;
  private static final double FULL_TURN = 2 * StrictMath.PI;

  private final int width;
  private final int height;
  private final int loopFrames;
  private final BufferedImage image;
  private final int[] pixels;
  private final int[] backdrop;
  private final List<Mover> movers;
  private byte @Nullable [][] stillPlanes;

  /** An object and its way: an ellipse around its home, with whole turns in a loop. */
  private record Mover(SceneObject object, double reachX, double reachY, int laps, double start) {
    SceneObject at(double share) {
      SceneObject.Placement home = object.placement();
      double angle = FULL_TURN * laps * share + start;
      double swing =
          switch (object.kind()) {
            case CIRCLE -> 0;
            case TRIANGLE, STAR -> FULL_TURN * laps * share;
            case SQUARE, FACE -> 0.3 * StrictMath.sin(FULL_TURN * share + start);
          };
      return object.at(
          new SceneObject.Placement(
              home.x() + reachX * StrictMath.cos(angle),
              home.y() + reachY * StrictMath.sin(angle),
              home.size(),
              home.aspect(),
              home.turn() + swing));
    }
  }

  /**
   * @param width of the pictures in pixels
   * @param height of the pictures in pixels
   * @param seed the same seed gives the same scene
   * @param loopFrames after so many frames it begins again
   */
  public MovingScene(int width, int height, long seed, int loopFrames) {
    if (width < 64 || height < 64 || loopFrames < 1) {
      throw new IllegalArgumentException(width + "x" + height + ", " + loopFrames + " frames");
    }
    this.width = width;
    this.height = height;
    this.loopFrames = loopFrames;
    this.image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    this.pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    SceneRandom random = SceneRandom.of(seed, 0);
    this.backdrop = paintBackdrop(random);
    this.movers = movers(random);
  }

  /** Width of the pictures in pixels. */
  public int width() {
    return width;
  }

  /** Height of the pictures in pixels. */
  public int height() {
    return height;
  }

  /** Frames of one loop. */
  public int loopFrames() {
    return loopFrames;
  }

  /** Paints a frame; any number is allowed, the loop goes on in both directions. */
  public void render(long frame) {
    System.arraycopy(backdrop, 0, pixels, 0, pixels.length);
    double share = share(frame);
    Graphics2D graphics = image.createGraphics();
    try {
      StillScenes.prepare(graphics);
      for (Mover mover : movers) {
        mover.at(share).paint(graphics);
      }
    } finally {
      graphics.dispose();
    }
  }

  /** The pixels of the frame that was painted last. */
  public int[] pixels() {
    return pixels;
  }

  /**
   * Paints a frame and writes it as I420. Only what moves is converted anew.
   *
   * @param target of the scene's size; its pixels are all overwritten
   */
  public void render(long frame, VideoFrame target) {
    if (target.width() != width || target.height() != height) {
      throw new IllegalArgumentException(target.width() + "x" + target.height());
    }
    render(frame);
    still(target);
    for (TruthBox box : truthAt(frame)) {
      SceneI420.write(pixels, target, SceneI420.Area.of(box, width, height));
    }
  }

  /** Copies the converted backdrop, which the first frame pays for. */
  private void still(VideoFrame target) {
    byte[][] planes = stillPlanes;
    if (planes == null) {
      SceneI420.write(backdrop, target);
      planes = new byte[3][];
      for (int i = 0; i < 3; i++) {
        planes[i] = target.plane(i).toArray(ValueLayout.JAVA_BYTE);
      }
      stillPlanes = planes;
      return;
    }
    for (int i = 0; i < 3; i++) {
      MemorySegment.copy(planes[i], 0, target.plane(i), ValueLayout.JAVA_BYTE, 0, planes[i].length);
    }
  }

  /** Copies the frame that was painted last as packed BGR bytes. */
  public void copyBgr(byte[] bgr) {
    for (int i = 0, at = 0; i < pixels.length; i++, at += 3) {
      int pixel = pixels[i];
      bgr[at] = (byte) pixel;
      bgr[at + 1] = (byte) (pixel >> 8);
      bgr[at + 2] = (byte) (pixel >> 16);
    }
  }

  /** Where the objects of a frame are; needs no painting. */
  public List<TruthBox> truthAt(long frame) {
    double share = share(frame);
    Rectangle2D picture = new Rectangle2D.Double(0, 0, width, height);
    List<TruthBox> truth = new ArrayList<>(movers.size());
    for (Mover mover : movers) {
      Rectangle2D box = mover.at(share).bounds().createIntersection(picture);
      truth.add(
          new TruthBox(
              mover.object().kind(), box.getX(), box.getY(), box.getWidth(), box.getHeight()));
    }
    return truth;
  }

  private double share(long frame) {
    return (double) Math.floorMod(frame, (long) loopFrames) / loopFrames;
  }

  private int[] paintBackdrop(SceneRandom random) {
    Graphics2D graphics = image.createGraphics();
    try {
      StillScenes.prepare(graphics);
      SceneBackdrop.calm(graphics, width, height, CLUTTER, random);
    } finally {
      graphics.dispose();
    }
    return pixels.clone();
  }

  /** One object in each cell of a grid, small enough to stay inside its cell on its way. */
  private List<Mover> movers(SceneRandom random) {
    int columns = width > height ? 4 : 2;
    int rows = width > height ? 2 : 4;
    double cellWidth = (double) width / columns;
    double cellHeight = (double) height / rows;
    double cell = StrictMath.min(cellWidth, cellHeight);
    SceneClass[] kinds = SceneClass.values();
    List<Mover> list = new ArrayList<>();
    for (int i = 0; i < columns * rows; i++) {
      SceneClass kind = kinds[(i * 2 + i / columns) % kinds.length];
      double size = cell * random.between(0.38, 0.56);
      double home = size * 0.62;
      SceneObject.Placement placement =
          new SceneObject.Placement(
              (i % columns + 0.5) * cellWidth, (i / columns + 0.5) * cellHeight, size, 1, 0);
      list.add(
          new Mover(
              new SceneObject(kind, placement, look(kind, placement, random)),
              StrictMath.max(0, cellWidth / 2 - home),
              StrictMath.max(0, cellHeight / 2 - home),
              random.chance(0.5) ? 1 : -1,
              random.between(0, FULL_TURN)));
    }
    return List.copyOf(list);
  }

  private SceneObject.Look look(
      SceneClass kind, SceneObject.Placement placement, SceneRandom random) {
    int at = (int) placement.y() * width + (int) placement.x();
    Color behind = new Color(backdrop[at]);
    Color fill =
        kind == SceneClass.FACE
            ? SceneColours.skin(random)
            : SceneColours.apartFrom(behind, 190, random);
    Color shade = SceneColours.darker(fill, random.between(0.75, 1));
    double lineShare = random.chance(0.5) ? 0.03 : 0;
    return new SceneObject.Look(
        fill, shade, SceneColours.darker(fill, 0.4), lineShare, random.whole(0, 255));
  }
}
