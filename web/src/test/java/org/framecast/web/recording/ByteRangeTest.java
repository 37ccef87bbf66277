package org.framecast.web.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-, 0, 10",
    "bytes=9-, 9, 1",
    "bytes=3-5, 3, 3",
    "bytes=3-999999999999999999, 3, 7",
    "bytes=-1, 9, 1",
    "bytes=-10, 0, 10",
    "bytes=-11, 0, 10"
  })
  void oneRangeIsAPart(String header, long start, long length) {
    assertEquals(
        new ByteRange.Asked.Part(new ByteRange(start, length)), ByteRange.parse(header, 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-11", "bytes=-0"})
  void whatHasNoByteOfTheFileIsBeyondIt(String header) {
    assertEquals(new ByteRange.Asked.Beyond(), ByteRange.parse(header, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-4",
        "bytes=0-1,3-4",
        "lines=1-2",
        "bytes=a-b",
        "bytes=0-9999999999999999999"
      })
  void whatIsNoRangeOrSeveralIsTheWhole(String header) {
    assertEquals(new ByteRange.Asked.Whole(), ByteRange.parse(header, 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-", "bytes=-1"})
  void anEmptyFileHasNoPart(String header) {
    assertEquals(new ByteRange.Asked.Beyond(), ByteRange.parse(header, 0));
  }
}
