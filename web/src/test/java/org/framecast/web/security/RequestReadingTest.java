package org.framecast.web.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.framecast.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** What is read from a request before anything decides about it: body, token, path. */
class RequestReadingTest {
  @Test
  void aBodyOfTheLimitIsRead() {
    assertArrayEquals(new byte[100], BodyReader.read(new ByteArrayInputStream(new byte[100]), 100));
  }

  @Test
  void anEndlessBodyIsRefusedWhereTheLimitIs() {
    InputStream endless =
        new InputStream() {
          private int given;

          @Override
          public int read() {
            given++;
            if (given > 200) {
              throw new AssertionError("read past the limit");
            }
            return 0;
          }
        };
    ProblemException refusal =
        assertThrows(ProblemException.class, () -> BodyReader.read(endless, 100));
    assertEquals(413, refusal.problem().status());
  }

  @Test
  void theBearerTokenIsFound() {
    assertEquals("abc", Bearer.token("Bearer abc"));
    assertEquals("abc", Bearer.token("bearer  abc "));
    assertNull(Bearer.token("Basic abc"));
    assertNull(Bearer.token("Bearer "));
    assertNull(Bearer.token(null));
  }

  @Test
  void pagesHaveTheirFilesAndTheRestHasNone() {
    assertEquals("/index.html", PagesFilter.fileOf("/"));
    assertEquals("/watch.html", PagesFilter.fileOf("/watch"));
    assertEquals("/build.html", PagesFilter.fileOf("/build"));
    assertEquals("/app/studio.js", PagesFilter.fileOf("/app/studio.js"));
    assertEquals("/docs/javadoc/index.html", PagesFilter.fileOf("/docs/javadoc/"));
    assertNull(PagesFilter.fileOf("/session"));
    assertNull(PagesFilter.fileOf("/whep/demo"));
    assertNull(PagesFilter.fileOf("/WEB-INF/web.xml"));
  }
}
