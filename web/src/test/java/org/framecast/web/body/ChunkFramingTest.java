package org.framecast.web.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkFramingTest {
  /** {@code ^} and {@code $} stand for the two characters of a line's end. */
  @ParameterizedTest
  @CsvSource({
    "0^$^$, false",
    "3^$abc^$0^$^$, false",
    "3$abc$0$$, false",
    "a^$0123456789^$0^$^$, false",
    "A;name=value^$0123456789^$00^$trailer: x^$^$, false",
    "3 ^$abc^$0^$^$, false",
    "0^$^$POST zz, false",
    "fffffffffffffff^$, false",
    "10000000000000000^$, true",
    "zz^$, true",
    "^$, true",
    "-1^$, true",
    "0x3^$abc^$, true",
    "3^$abcd, true",
    "3^$abc3^$, true",
    "3^$abc^$zz^$, true",
    "3^$abc^$^$, true",
    "é, true",
  })
  void knowsWhatFramesNoChunk(String text, boolean broken) {
    byte[] bytes = text.replace('^', '\r').replace('$', '\n').getBytes(StandardCharsets.ISO_8859_1);
    ChunkFraming whole = new ChunkFraming();
    whole.scan(ByteBuffer.wrap(bytes));
    assertEquals(broken, whole.isBroken());
    ChunkFraming single = new ChunkFraming();
    for (byte b : bytes) {
      single.scan(ByteBuffer.wrap(new byte[] {b}));
    }
    assertEquals(broken, single.isBroken(), "byte by byte");
  }

  @Test
  void aBodyThatIsNotOverYetIsNotBroken() {
    byte[] bytes = "3;x\r\nabc\r\n0\r\nname: value\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i <= bytes.length; i++) {
      ChunkFraming framing = new ChunkFraming();
      framing.scan(ByteBuffer.wrap(bytes, 0, i));
      assertFalse(framing.isBroken(), "after " + i + " bytes");
    }
  }
}
