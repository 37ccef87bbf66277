package org.framecast.stream.layer.sound;

/**
 * How loud a stretch of sound was, against full scale.
 *
 * @param leftRms root of the mean square, 0 to 1
 * @param rightRms root of the mean square, 0 to 1
 * @param leftPeak largest sample, 0 to 1
 * @param rightPeak largest sample, 0 to 1
 * @param ptsNanos where the stretch ends
 */
public record AudioLevel(
    double leftRms, double rightRms, double leftPeak, double rightPeak, long ptsNanos) {
  /** The louder side's root mean square in decibels; minus infinity for silence. */
  public double rmsDecibels() {
    return Samples.decibels(Math.max(leftRms, rightRms));
  }

  /** The largest sample in decibels; minus infinity for silence. */
  public double peakDecibels() {
    return Samples.decibels(Math.max(leftPeak, rightPeak));
  }
}
