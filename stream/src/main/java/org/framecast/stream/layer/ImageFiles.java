package org.framecast.stream.layer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.framecast.stream.codec.ImageDecoder;
import org.framecast.stream.codec.ImageHeaders;
import org.framecast.stream.codec.ImageInfo;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.flow.MediaFolders;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.StillImage;

/** Images of files that may be read. */
public final class ImageFiles {
  /** Largest side of an image. */
  static final int MAX_SIDE = 4096;

  /** Largest file. */
  static final int MAX_BYTES = 32 << 20;

  private static final String OPTION = LayerProvider.FILE_OPTION;

  private ImageFiles() {}

  /**
   * The image of a file, or, where none is named, the source image of the context.
   *
   * <p><b>Throws:</b> {@link MediaException} with OPTIONS when there is none, it may not be read,
   * or it is too large; with MALFORMED or UNSUPPORTED when it is no image.
   */
  static StillImage open(String file, ComponentContext context) {
    return file.isBlank()
        ? source(context)
        : decode(
            readable(file, Needed.of(ImageLayerProvider.NAME, MediaFolders.class, context)),
            Needed.of(ImageLayerProvider.NAME, MediaCodecs.class, context));
  }

  private static Path readable(String file, MediaFolders folders) {
    try {
      return folders.readable(file);
    } catch (MediaException e) {
      throw new OptionException(OPTION, "must name a file: " + e.getMessage());
    }
  }

  private static StillImage source(ComponentContext context) {
    return context
        .find(StillImage.class)
        .orElseThrow(
            () -> new OptionException(OPTION, "must name a file where no source image is chosen"));
  }

  /**
   * The image of a file.
   *
   * <p><b>Throws:</b> as {@link #open}.
   */
  public static StillImage decode(Path file, MediaCodecs codecs) {
    byte[] bytes = read(file);
    try (BufferPool pool = BufferPool.open("image-file", 4L * MAX_BYTES);
        MediaBuffer content = pool.acquire(Math.max(1, bytes.length)).fill(ByteBuffer.wrap(bytes));
        ImageDecoder decoder = codecs.openImageDecoder()) {
      ImageInfo info = ImageHeaders.parse(content.content());
      if (Math.max(info.width(), info.height()) > MAX_SIDE) {
        throw new OptionException(OPTION, "must have at most " + MAX_SIDE + " pixels a side");
      }
      return decoder.decodeStill(content, info);
    }
  }

  private static byte[] read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        throw new OptionException(OPTION, "must be a file of at most " + MAX_BYTES + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new MediaException(MediaException.Code.SOURCE_FAILED, "the image cannot be read", e);
    }
  }
}
