package org.framecast.hls;

/**
 * How far a playlist shall go before it is answered.
 *
 * @param segment its number, from 0
 * @param part of that segment; -1 for the whole segment
 *     <p><b>Source:</b> draft-pantos-hls-rfc8216bis §6.2.5.2
 */
public record HlsPlace(long segment, int part) {
  public HlsPlace {
    if (segment < 0 || part < -1) {
      throw new IllegalArgumentException("segment " + segment + ", part " + part);
    }
  }
}
