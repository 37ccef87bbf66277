package org.framecast.stream.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.framecast.stream.plugin.StreamDocument.NamedSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may say, and where it is told that it says something wrong. */
class StreamDocumentTest {
  private static final String SOURCE = "\"source\":{\"kind\":\"s\"}";

  @Test
  void allOfADocumentIsRead() {
    assertEquals(
        new StreamDocument(
            "my-stream",
            new ComponentChoice("file", Map.of("path", "a.mp4", "loop", 2.0)),
            List.of(new LayerChoice("boxes", Map.of("labels", true)), LayerChoice.of("caption")),
            List.of(new LayerChoice("gain", Map.of("decibels", -6.0))),
            Optional.of(new ComponentChoice("default", Map.of())),
            List.of(
                new NamedSink("copy", new ComponentChoice("file", Map.of("path", "b.mp4"))),
                new NamedSink("hls", new ComponentChoice("hls", Map.of()))),
            3),
        StreamDocument.parse(
            """
            {"name": "my-stream",
             "source": {"kind": "file", "options": {"path": "a.mp4", "loop": 2}},
             "layers": [{"name": "boxes", "options": {"labels": true}}, {"name": "caption"}],
             "audio_layers": [{"name": "gain", "options": {"decibels": -6}}],
             "compositor": {"kind": "default"},
             "sinks": [{"name": "copy", "kind": "file", "options": {"path": "b.mp4"}},
                       {"kind": "hls"}],
             "workers": 3}
            """));
  }

  @Test
  void theSourceAloneIsEnough() {
    StreamDocument document = StreamDocument.parse("{" + SOURCE + "}");
    assertEquals("stream", document.name());
    assertEquals(1, document.workers());
    assertEquals(List.of(), document.sinks());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | '' | must be an object",
        "{ | '' | is not JSON: no string at line 1, column 2",
        "{} | '' | needs the member source",
        "{$,\"sorce\":1} | /sorce | is not known here; the members are name, source,",
        "{$,\"a/b~\":1} | /a~1b~0 | is not known here",
        "{$,\"name\":\"Nope\"} | /name | must be 1 to 40 lower case letters",
        "{$,\"name\":\"-a\"} | /name | must be 1 to 40 lower case letters",
        "{$,\"name\":7} | /name | must be a text",
        "{$,\"workers\":0} | /workers | must be a whole number from 1 to 64",
        "{$,\"workers\":65} | /workers | must be a whole number from 1 to 64",
        "{$,\"workers\":1.5} | /workers | must be a whole number from 1 to 64",
        "{$,\"layers\":{}} | /layers | must be an array",
        "{$,\"layers\":[{}]} | /layers/0 | needs the member name",
        "{$,\"layers\":[{\"kind\":\"a\"}]} | /layers/0/kind | the members are name, options",
        "{$,\"layers\":[{\"name\":\"a\"},{\"name\":\"a\",\"options\":[]}]} | /layers/1/options | must be an"
            + " object",
        "{$,\"audio_layers\":[3]} | /audio_layers/0 | must be an object",
        "{$,\"compositor\":{\"name\":\"a\"}} | /compositor/name | the members are kind, options",
        "{$,\"sinks\":[{\"name\":\"a\"}]} | /sinks/0 | needs the member kind",
        "{$,\"sinks\":[{\"kind\":\"a\"},{\"kind\":\"a\"}]} | /sinks/1 | needs a name that no other has",
        "{$,\"sinks\":[{\"kind\":\"a\"},{\"kind\":\"b\",\"name\":\"a\"}]} | /sinks/1/name | needs a name that"
            + " no other has",
        "{\"source\":{\"kind\":3}} | /source/kind | must be a text",
        "{\"source\":{}} | /source | needs the member kind"
      })
  void whatIsWrongIsNamedByItsPlace(String json, String pointer, String rule) {
    DocumentException wrong =
        assertThrows(
            DocumentException.class, () -> StreamDocument.parse(json.replace("$", SOURCE)));
    assertEquals(pointer, wrong.pointer());
    assertTrue(wrong.rule().contains(rule), wrong.rule());
    assertEquals(json.equals("{"), wrong.isUnreadable());
  }

  @Test
  void limitsHoldAtTheirEdge() {
    assertEquals(16, StreamDocument.parse(withLayers(16)).layers().size());
    refused("/layers", withLayers(17));
    assertEquals(16, StreamDocument.parse(withSinks(16)).sinks().size());
    refused("/sinks", withSinks(17));
    String document = "{" + SOURCE + "}";
    String longest = document + " ".repeat(StreamDocument.MAX_CHARACTERS - document.length());
    StreamDocument.parse(longest);
    refused("", longest + " ");
    StreamDocument.parse("{" + SOURCE + ",\"name\":\"" + "a".repeat(40) + "\"}");
    refused("/name", "{" + SOURCE + ",\"name\":\"" + "a".repeat(41) + "\"}");
  }

  private static void refused(String pointer, String json) {
    assertEquals(
        pointer, assertThrows(DocumentException.class, () -> StreamDocument.parse(json)).pointer());
  }

  private static String withLayers(int count) {
    return "{" + SOURCE + ",\"layers\":[" + many(count, i -> "{\"name\":\"a\"}") + "]}";
  }

  private static String withSinks(int count) {
    return "{"
        + SOURCE
        + ",\"sinks\":["
        + many(count, i -> "{\"kind\":\"a\",\"name\":\"s" + i + "\"}")
        + "]}";
  }

  private static String many(int count, java.util.function.IntFunction<String> item) {
    return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
  }

  @Test
  void aChangeHasLayersAlone() {
    assertEquals(
        List.of(LayerChoice.of("boxes")),
        StreamDocument.parseLayers("{\"layers\":[{\"name\":\"boxes\"}]}"));
    assertThrows(DocumentException.class, () -> StreamDocument.parseLayers("{}"));
    assertThrows(DocumentException.class, () -> StreamDocument.parseLayers("{" + SOURCE + "}"));
  }
}
