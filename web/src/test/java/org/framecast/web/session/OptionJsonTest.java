package org.framecast.web.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionJsonTest {
  @Test
  void wholeNumbersAreWrittenAsSuchAndNothingElseIsChanged() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("width", 640.0);
    options.put("height", 360);
    options.put("gain", -6.0);
    options.put("rate", 29.97);
    options.put("frames", Long.MAX_VALUE);
    options.put("huge", 1e300);
    options.put("audio", true);
    options.put("text", "640.0");
    assertEquals(
        "{\"width\":640,\"height\":360,\"gain\":-6,\"rate\":29.97,"
            + "\"frames\":9223372036854775807,\"huge\":1.0E+300,\"audio\":true,\"text\":\"640.0\"}",
        OptionJson.of(options).build().toString());
  }
}
