package org.framecast.stream.media;

/**
 * An image that stays: a source picture, a logo.
 *
 * @param argb rows from the top, {@code 0xAARRGGBB}, straight alpha; not changed by anyone
 */
@SuppressWarnings("ArrayRecordComponent")
public record StillImage(int width, int height, int[] argb) {
  public StillImage {
    if (argb.length != width * height) {
      throw new IllegalArgumentException(argb.length + " pixels for " + width + "x" + height);
    }
  }
}
