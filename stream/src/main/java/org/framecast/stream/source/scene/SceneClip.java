package org.framecast.stream.source.scene;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/**
 * Writes one loop of a moving scene as Motion JPEG, as a browser's fake camera plays it, and the
 * truth beside it.
 *
 * <p>Arguments: file, width, height, seed, frames. Each picture carries its number as a {@link
 * PictureStamp}. The truth is {@code FILE.json}: {@code width}, {@code height} and {@code frames},
 * an array for each frame of objects with {@code label}, {@code x}, {@code y}, {@code w}, {@code h}
 * in pixels.
 */
public final class SceneClip {
  private SceneClip() {}

  /** Writes the clip and its truth. */
  public static void main(String[] arguments) throws IOException {
    write(
        Path.of(arguments[0]),
        new MovingScene(
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Long.parseLong(arguments[3]),
            Integer.parseInt(arguments[4])));
  }

  /** Writes one loop of the scene. */
  public static void write(Path file, MovingScene scene) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      ByteArrayOutputStream picture = new ByteArrayOutputStream(1 << 16);
      BufferedImage image =
          new BufferedImage(scene.width(), scene.height(), BufferedImage.TYPE_INT_RGB);
      for (int frame = 0; frame < scene.loopFrames(); frame++) {
        scene.render(frame);
        PictureStamp.paint(scene.pixels(), scene.width(), scene.height(), frame);
        image.setRGB(0, 0, scene.width(), scene.height(), scene.pixels(), 0, scene.width());
        picture.reset();
        if (!ImageIO.write(image, "jpeg", picture)) {
          throw new IOException("this Java writes no JPEG");
        }
        picture.writeTo(out);
      }
    }
    Files.writeString(Path.of(file + ".json"), truth(scene), StandardCharsets.UTF_8);
  }

  /** The truth of all frames of a loop as JSON. */
  static String truth(MovingScene scene) {
    StringBuilder json = new StringBuilder();
    json.append("{\"width\":").append(scene.width());
    json.append(",\"height\":").append(scene.height()).append(",\"frames\":[");
    for (int frame = 0; frame < scene.loopFrames(); frame++) {
      json.append(frame == 0 ? "\n" : ",\n").append(boxes(scene.truthAt(frame)));
    }
    return json.append("\n]}\n").toString();
  }

  private static String boxes(List<TruthBox> truth) {
    return truth.stream().map(SceneClip::box).collect(Collectors.joining(",", "[", "]"));
  }

  private static String box(TruthBox box) {
    return String.format(
        Locale.ROOT,
        "{\"label\":\"%s\",\"x\":%.1f,\"y\":%.1f,\"w\":%.1f,\"h\":%.1f}",
        box.kind().label(),
        box.x(),
        box.y(),
        box.w(),
        box.h());
  }
}
