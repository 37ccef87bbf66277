package org.framecast.stream.codec;

import org.framecast.stream.media.Codec;

/**
 * What to decode.
 *
 * @param sourceId what the pictures say they come from
 * @param maxPixels a picture of more is refused before there is memory for it
 */
public record VideoDecoderSettings(Codec codec, String sourceId, long maxPixels) {
  public VideoDecoderSettings {
    if (codec == Codec.OPUS || maxPixels < 1) {
      throw new IllegalArgumentException(codec + " of at most " + maxPixels + " pixels");
    }
  }
}
