package org.framecast.stream.sink;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.framecast.stream.codec.TrackFormat;

/**
 * The text of the playlist that names the renditions.
 *
 * <p><b>Source:</b> draft-pantos-hls-rfc8216bis §4.4.6; RFC 6381 §3.3
 */
final class HlsMultivariant {
  /** What only renditions of pictures have. */
  static final String OF_PICTURES = ",RESOLUTION=";

  private static final String AAC_LC = "mp4a.40.2";
  private static final int SEQUENCE_SET_AT = 5;

  /** A rendition, as it is named here. */
  record Entry(String file, TrackFormat format, long peakBps) {}

  private HlsMultivariant() {}

  static String text(List<Entry> pictures, Optional<Entry> sound) {
    StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:6\n");
    text.append("#EXT-X-INDEPENDENT-SEGMENTS\n");
    if (!pictures.isEmpty() && sound.isPresent()) {
      text.append("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"sound\",NAME=\"Sound\",DEFAULT=YES,");
      text.append("AUTOSELECT=YES,CHANNELS=\"2\",URI=\"").append(sound.get().file());
      text.append("\"\n");
    }
    for (Entry entry : pictures) {
      variant(text, entry, sound);
    }
    if (pictures.isEmpty()) {
      sound.ifPresent(entry -> soundAlone(text, entry));
    }
    return text.toString();
  }

  private static void variant(StringBuilder text, Entry entry, Optional<Entry> sound) {
    if (!(entry.format() instanceof TrackFormat.Pictures format)) {
      throw new IllegalArgumentException(entry.file() + " has no pictures");
    }
    long average = format.bitrateBps() + sound.map(s -> s.format().bitrateBps()).orElse(0);
    long peak = entry.peakBps() + sound.map(Entry::peakBps).orElse(0L);
    String codecs = avc(format.configuration()) + (sound.isPresent() ? "," + AAC_LC : "");
    text.append(
        String.format(
            Locale.ROOT,
            "#EXT-X-STREAM-INF:BANDWIDTH=%d,AVERAGE-BANDWIDTH=%d,CODECS=\"%s\","
                + "RESOLUTION=%dx%d,FRAME-RATE=%.3f%s\n%s\n",
            peak,
            average,
            codecs,
            format.width(),
            format.height(),
            format.frameRate(),
            sound.isPresent() ? ",AUDIO=\"sound\"" : "",
            entry.file()));
  }

  private static void soundAlone(StringBuilder text, Entry entry) {
    text.append(
        String.format(
            Locale.ROOT,
            "#EXT-X-STREAM-INF:BANDWIDTH=%d,AVERAGE-BANDWIDTH=%d,CODECS=\"%s\"\n%s\n",
            entry.peakBps(),
            entry.format().bitrateBps(),
            AAC_LC,
            entry.file()));
  }

  /** Profile, constraints and level, as the sequence parameter set has them. */
  private static String avc(byte[] configuration) {
    return String.format(
        Locale.ROOT,
        "avc1.%02X%02X%02X",
        configuration[SEQUENCE_SET_AT],
        configuration[SEQUENCE_SET_AT + 1],
        configuration[SEQUENCE_SET_AT + 2]);
  }
}
