package org.framecast.web.security;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/streams/demo",
        "/streams/%E2%98%83",
        "/streams/%e2%98%83;a=%c3%bc",
        "/streams/%F0%9F%98%80",
        "/a%2fb%00%25ff",
        "/\u2603"
      })
  void whatIsUtf8IsRead(String path) {
    assertTrue(RequestPath.isReadable(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%ff",
        "/streams;x=%ff",
        "/%c3%28",
        "/%c3",
        "/%c0%ae",
        "/%ed%a0%80",
        "/%f4%90%80%80",
        "/%e2%98x%83",
        "/%",
        "/%f",
        "/%zf",
        "/%fz",
        "/%+1",
        "/%-1"
      })
  void whatIsNotIsRefused(String path) {
    assertFalse(RequestPath.isReadable(path));
  }
}
