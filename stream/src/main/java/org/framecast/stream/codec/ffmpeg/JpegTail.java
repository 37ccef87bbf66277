package org.framecast.stream.codec.ffmpeg;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.framecast.stream.media.MediaException;

/**
 * Looks for the marker that ends a JPEG. FFmpeg does without it, and so shows the first scans of a
 * progressive file that was cut as if they were all.
 *
 * <p><b>Source:</b> ITU-T T.81 B.1.1.3: in coded data no FF is followed by D9.
 */
final class JpegTail {
  /** Bytes that careless writers leave behind the end. */
  private static final int SLACK_BYTES = 4096;

  private static final byte MARKER = (byte) 0xFF;
  private static final byte END_OF_IMAGE = (byte) 0xD9;

  private JpegTail() {}

  static void requireWhole(MemorySegment file) {
    long first = Math.max(0, file.byteSize() - SLACK_BYTES);
    for (long at = file.byteSize() - 2; at >= first; at--) {
      if (file.get(ValueLayout.JAVA_BYTE, at) == MARKER
          && file.get(ValueLayout.JAVA_BYTE, at + 1) == END_OF_IMAGE) {
        return;
      }
    }
    throw new MediaException(MediaException.Code.MALFORMED, "JPEG without its end");
  }
}
