package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.framecast.stream.codec.MediaCodecs;
import org.junit.jupiter.api.Test;

class CountedCodecsTest {
  /** What it does not hand on would be the port's default: that there is nothing. */
  @Test
  void everythingThatThePortHasIsHandedOn() throws NoSuchMethodException {
    List<Method> own =
        Arrays.stream(MediaCodecs.class.getMethods()).filter(Method::isDefault).toList();
    for (Method method : own) {
      assertEquals(
          CountedCodecs.class,
          CountedCodecs.class
              .getMethod(method.getName(), method.getParameterTypes())
              .getDeclaringClass(),
          method.getName());
    }
  }
}
