package org.framecast.stream.source.scene;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes still scenes as bytes for a process that cannot call Java, such as the trainer.
 *
 * <p>Arguments: size, seed, first index, count. Each scene is a header of little-endian 32-bit
 * numbers (magic {@code FCS1}, width, height, number of boxes), {@code width * height * 3} bytes of
 * BGR, and for each box five 32-bit floats: class, x, y, w, h in pixels.
 */
public final class SceneFeed {

  /** The four bytes {@code FCS1} as a little-endian number. */
  static final int MAGIC = 0x31534346;

  private SceneFeed() {}

  /** Writes the scenes to the standard output until all are written or nobody reads them. */
  public static void main(String[] arguments) throws IOException {
    int size = Integer.parseInt(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    long first = Long.parseLong(arguments[2]);
    long count = Long.parseLong(arguments[3]);
    try (OutputStream out =
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 20)) {
      write(size, seed, first, count, out);
    }
  }

  /** Writes {@code count} scenes of a seed, beginning with index {@code first}. */
  public static void write(int size, long seed, long first, long count, OutputStream out)
      throws IOException {
    StillScenes scenes = new StillScenes(size);
    byte[] bgr = new byte[scenes.sizeBytes()];
    List<TruthBox> truth = new ArrayList<>();
    for (long index = first; index < first + count; index++) {
      scenes.render(seed, index, bgr, truth);
      ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
      header.putInt(MAGIC).putInt(size).putInt(size).putInt(truth.size());
      out.write(header.array());
      out.write(bgr);
      out.write(boxes(truth));
    }
  }

  private static byte[] boxes(List<TruthBox> truth) {
    ByteBuffer buffer = ByteBuffer.allocate(truth.size() * 20).order(ByteOrder.LITTLE_ENDIAN);
    for (TruthBox box : truth) {
      buffer.putFloat(box.kind().ordinal());
      buffer.putFloat((float) box.x()).putFloat((float) box.y());
      buffer.putFloat((float) box.w()).putFloat((float) box.h());
    }
    return buffer.array();
  }
}
