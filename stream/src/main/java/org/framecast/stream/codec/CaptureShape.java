package org.framecast.stream.codec;

/**
 * What is wanted of a device's pictures; 0 leaves it to the device.
 *
 * @param width in pixels
 * @param height in pixels
 * @param x left edge of the part of a screen
 * @param y upper edge of the part of a screen
 * @param rate pictures a second
 */
public record CaptureShape(int width, int height, int x, int y, double rate) {
  /** Whatever the device likes. */
  public static final CaptureShape ANY = new CaptureShape(0, 0, 0, 0, 0);

  public CaptureShape {
    if (width < 0 || height < 0 || x < 0 || y < 0 || !(rate >= 0)) {
      throw new IllegalArgumentException(width + "x" + height + "+" + x + "," + y + " at " + rate);
    }
    if ((width == 0) != (height == 0)) {
      throw new IllegalArgumentException("width and height go together");
    }
  }
}
