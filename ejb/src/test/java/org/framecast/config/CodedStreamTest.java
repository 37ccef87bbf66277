package org.framecast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.framecast.stream.media.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodedStreamTest {
  private static List<CodedStream> read(String files, String commands) {
    Map<String, String> given =
        Map.of("framecast.streams.ivf", files, "framecast.streams.commands", commands);
    return ServerConfig.read(key -> Optional.ofNullable(given.get(key)), Path.of("data"))
        .codedStreams();
  }

  @Test
  void filesAndProgramsAreNamed() {
    assertEquals(
        List.of(
            new CodedStream(
                "gate", Codec.VP8, new CodedStream.Input.OfPath(Path.of("/run/gate.ivf"))),
            new CodedStream(
                "roof-2", Codec.H264, new CodedStream.Input.OfPath(Path.of("/run/roof.ivf"))),
            new CodedStream(
                "yard",
                Codec.VP9,
                new CodedStream.Input.OfCommand(
                    List.of("ffmpeg", "-i", "a,b.mp4", "-f", "ivf", "-"))),
            new CodedStream(
                "door", Codec.VP8, new CodedStream.Input.OfCommand(List.of("cat", "x=y.ivf")))),
        read(
            "gate=/run/gate.ivf, roof-2:h264=/run/roof.ivf",
            "yard:VP9 = ffmpeg -i a,b.mp4  -f ivf -; door=cat x=y.ivf;"));
  }

  @Test
  void thereAreNoneUnlessTheyAreNamed() {
    assertEquals(List.of(), read("", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gate", "=x", "Gate=x", "a/b=x", "gate=", "gate:opus=x", "gate:mp4=x", "demo=x"})
  void whatCannotBeMeantIsRefused(String item) {
    assertThrows(ConfigException.class, () -> read(item, ""));
  }

  @Test
  void aNameIsTakenOnce() {
    assertThrows(ConfigException.class, () -> read("gate=/a.ivf", "gate=cat /b.ivf"));
  }
}
