package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server says of itself under {@code /docs}. */
class DocsIT extends ProductTest {
  @ParameterizedTest
  @CsvSource({
    "/docs/, javadoc/",
    "/docs/openapi.yaml, 'openapi: 3'",
    "/docs/asyncapi.yaml, 'asyncapi: 3'",
    "/docs/javadoc/index.html, org.framecast.stream.flow",
    "/docs/javadoc/org/framecast/stream/flow/package-summary.html, StreamSource"
  })
  void documentsAreServed(String path, String text) {
    Api.Answer answer = api().send(api().request(path).GET().build());
    assertEquals(200, answer.status(), path);
    assertTrue(answer.text().contains(text), () -> path + ": " + answer.text());
  }
}
