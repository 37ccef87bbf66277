package org.framecast.stream.media;

/**
 * One encode of a stream's pictures: the codec, and how far it is below the best.
 *
 * @param rung 0 for the full picture; each rung below asks less of the network
 */
public record Rendition(Codec codec, int rung) {
  public Rendition {
    if (codec == Codec.OPUS || rung < 0) {
      throw new IllegalArgumentException(codec + " on rung " + rung);
    }
  }

  /** The full picture in that codec. */
  public static Rendition best(Codec codec) {
    return new Rendition(codec, 0);
  }
}
