package org.framecast.stream.layer;

import java.text.Normalizer;

/**
 * A font of 95 glyphs of 5×8 dots in cells of 6×10, so that drawing text needs neither fonts nor a
 * font configuration on the machine.
 *
 * <p><b>Units and shapes:</b> a glyph is 40 bits, eight rows of five dots from the top left; the
 * last row is below the base line.
 */
final class BitmapFont {
  static final int GLYPH_WIDTH = 5;
  static final int GLYPH_HEIGHT = 8;
  static final int CELL_WIDTH = 6;
  static final int CELL_HEIGHT = 10;

  private static final int FIRST = ' ';
  private static final int UNKNOWN = '?' - FIRST;

  private static final long[] GLYPHS = {
    0x0000000000L, 0x2108420080L, 0x5294000000L, 0x52BEAFA940L, 0x23E8E2F880L, 0xCE44444E60L,
    0x64A88AC9A0L, 0x2108000000L, 0x1110841040L, 0x4104211100L, 0x012AEA9000L, 0x0109F21000L,
    0x0000003088L, 0x0001F00000L, 0x0000003180L, 0x0844444200L, 0x74EB5AE5C0L, 0x23084211C0L,
    0x74422223E0L, 0xF88820C5C0L, 0x11952F8840L, 0xFC3C10C5C0L, 0x3221E8C5C0L, 0xF844442100L,
    0x7462E8C5C0L, 0x7462F08980L, 0x0318063000L, 0x0318063088L, 0x1111041040L, 0x003E0F8000L,
    0x4104111100L, 0x7442220080L, 0x746F5BC1C0L, 0x7463F8C620L, 0xF463E8C7C0L, 0x74610845C0L,
    0xF46318C7C0L, 0xFC21E843E0L, 0xFC21E84200L, 0x746178C5E0L, 0x8C63F8C620L, 0x71084211C0L,
    0x3884214980L, 0x8CA98A4A20L, 0x84210843E0L, 0x8EEB58C620L, 0x8E6B59C620L, 0x746318C5C0L,
    0xF463E84200L, 0x74631AC9A0L, 0xF463EA4A20L, 0x7C20E087C0L, 0xF908421080L, 0x8C6318C5C0L,
    0x8C6318A880L, 0x8C635AEE20L, 0x8C54454620L, 0x8C54421080L, 0xF8444443E0L, 0x72108421C0L,
    0x8410410420L, 0x70842109C0L, 0x22A2000000L, 0x000000001FL, 0x4104000000L, 0x001C17C5E0L,
    0x842D98C7C0L, 0x001D1845C0L, 0x085B38C5E0L, 0x001D1FC1C0L, 0x3251C42100L, 0x001B38BC2EL,
    0x842D98C620L, 0x20184211C0L, 0x100C210A4CL, 0x84254C5240L, 0x61084211C0L, 0x00355AD620L,
    0x002D98C620L, 0x001D18C5C0L, 0x002D98FA10L, 0x001B38BC21L, 0x002D984200L, 0x001F0707C0L,
    0x42388424C0L, 0x002318CDA0L, 0x002318A880L, 0x00235AD540L, 0x0022A22A20L, 0x002318BC2EL,
    0x003E2223E0L, 0x1908821060L, 0x2108421084L, 0xC108221300L, 0x0011510000L,
  };

  private BitmapFont() {}

  /** The dots of a character; those of a question mark for one that is not here. */
  static long glyph(char c) {
    int index = c - FIRST;
    return GLYPHS[index >= 0 && index < GLYPHS.length ? index : UNKNOWN];
  }

  /** Whether the glyph has ink there. */
  static boolean dot(long glyph, int column, int row) {
    return (glyph >>> (GLYPH_WIDTH * GLYPH_HEIGHT - 1 - row * GLYPH_WIDTH - column) & 1) != 0;
  }

  /** The same text in letters that the font has: accents go, controls become blanks. */
  static String drawable(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
    return plain.replaceAll("\\p{Cntrl}", " ");
  }
}
