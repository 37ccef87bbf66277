package org.framecast.product;

import jakarta.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.framecast.stream.source.scene.MovingScene;
import org.framecast.stream.source.scene.TruthBox;

/** Image files that tests send, and what they read from those that come back. */
final class Pictures {
  /** 64×48, left half orange, right half blue, a white disc. */
  private static final String WEBP =
      "UklGRhwBAABXRUJQVlA4IBABAAAQCACdASpAADAAPrFKnUmnJKKhMrtoAOAWCWQAzYGN/gGsKdA4"
          + "oXgDUA3gApxTOIrcDkgGBnushzcY/DC8fpS4GB7OIXxYaEcAAP7pIhzBPrH28DX6TSVVNYBT5XB8"
          + "KiOZ/c+etqhmQAWav7ie1L09b9gVuDnf99GWeZA7WujR9nEOVpeSaYsCV+GloXyt5dRWo0GtBgD7"
          + "jeuwaoXuBUtmAX4hkG/iP552d+6ZslY0Oo/mL7NO66MvehNUWwF31SS/++z3xddaLl2e+QjNPV/R"
          + "eL6kXXII/jiW8qqMdKLrzU/5BrELS/ZNzM8wycWrZEcYpT5tGgjP9hzDKXQTmxpAZzrFo+ucXJCp"
          + "PIVb+AAAAA==";

  private Pictures() {}

  /** A rendered picture with what is in it. */
  record Scene(BufferedImage image, List<TruthBox> truth) {}

  /** The moving scene at one of its frames, 25 to a second. */
  static Scene scene(int width, int height, long frame) {
    MovingScene moving = new MovingScene(width, height, 5, 250);
    moving.render(frame);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, moving.pixels(), 0, width);
    return new Scene(image, moving.truthAt(frame));
  }

  /** A small JPEG of the scene. */
  static byte[] jpeg() {
    return encode(scene(320, 180, 0).image(), "jpeg");
  }

  static byte[] png(int width, int height) {
    return encode(new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR), "png");
  }

  /** A grey picture of one value. */
  static byte[] plain(int width, int height, int grey, String format) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    int rgb = grey << 16 | grey << 8 | grey;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    return encode(image, format);
  }

  static byte[] webp() {
    return Base64.getDecoder().decode(WEBP);
  }

  /** A PNG that says it is large and has hardly any data. */
  static byte[] pngHeader(int width, int height) {
    byte[] header =
        ByteBuffer.allocate(17)
            .put("IHDR".getBytes(StandardCharsets.US_ASCII))
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    CRC32 crc = new CRC32();
    crc.update(header);
    return ByteBuffer.allocate(8 + 4 + header.length + 4)
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
        .putInt(13)
        .put(header)
        .putInt((int) crc.getValue())
        .array();
  }

  static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new AssertionError("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Decodes an image file that starts at {@code offset}. */
  static BufferedImage decode(byte[] message, int offset) {
    try {
      BufferedImage image =
          ImageIO.read(new ByteArrayInputStream(message, offset, message.length - offset));
      if (image == null) {
        throw new AssertionError("no image in " + message.length + " bytes");
      }
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The share of the boxes' edge pixels that differ clearly between two pictures. */
  static double changedOnEdges(BufferedImage before, BufferedImage after, List<JsonObject> boxes) {
    int changed = 0;
    int all = 0;
    for (JsonObject box : boxes) {
      int x = box.getJsonNumber("x").intValue();
      int y = box.getJsonNumber("y").intValue();
      int right = x + box.getJsonNumber("width").intValue();
      int bottom = y + box.getJsonNumber("height").intValue();
      for (int column = x + 4; column < right - 4; column += 3) {
        changed += edgeChanged(before, after, column, bottom, 0, 1);
        all++;
      }
      for (int row = y + 4; row < bottom - 4; row += 3) {
        changed += edgeChanged(before, after, x, row, 1, 0);
        all++;
      }
    }
    return all == 0 ? 0 : (double) changed / all;
  }

  private static int edgeChanged(
      BufferedImage before, BufferedImage after, int x, int y, int across, int down) {
    for (int i = -2; i <= 2; i++) {
      int px = Math.clamp(x + (long) i * across, 0, before.getWidth() - 1);
      int py = Math.clamp(y + (long) i * down, 0, before.getHeight() - 1);
      if (difference(before.getRGB(px, py), after.getRGB(px, py)) > 60) {
        return 1;
      }
    }
    return 0;
  }

  private static int difference(int a, int b) {
    return Math.abs((a >> 16 & 255) - (b >> 16 & 255))
        + Math.abs((a >> 8 & 255) - (b >> 8 & 255))
        + Math.abs((a & 255) - (b & 255));
  }
}
