package org.framecast.stream.source;

/**
 * A moving scene.
 *
 * @param width in pixels, at least 64
 * @param height in pixels, at least 64
 * @param frameRate frames a second
 * @param seed the same seed gives the same scene
 * @param loopSeconds after so long it begins again without a seam
 */
public record SceneSettings(
    int width, int height, double frameRate, long seed, double loopSeconds) {
  private static final double DEMO_RATE = 30;
  private static final double DEMO_LOOP_SECONDS = 12;

  /** The scene of the demonstration stream at that size. */
  public static SceneSettings demo(int width, int height) {
    return new SceneSettings(width, height, DEMO_RATE, 1, DEMO_LOOP_SECONDS);
  }

  int loopFrames() {
    return (int) Math.max(1, Math.round(frameRate * loopSeconds));
  }
}
