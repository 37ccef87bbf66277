package org.framecast.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Admission admission =
      new Admission(
          new Admission.Limits(3, 2, ViewerProblems.tooManyOfAddress(), ViewerProblems.tooMany()));

  private Admission.Place admit(String... address) {
    return assertInstanceOf(Admission.Entry.Admitted.class, admission.enter(address)).place();
  }

  private int refusal(String... address) {
    return assertInstanceOf(Admission.Entry.Full.class, admission.enter(address))
        .problem()
        .status();
  }

  @Test
  void anAddressHasALimitAndTheServerToo() {
    admit("a");
    Admission.Place second = admit("a");
    assertEquals(429, refusal("a"));
    admit("b");
    assertEquals(503, refusal("c"));
    second.release();
    second.release();
    assertEquals(2, admission.total());
    admit("a");
    assertEquals(503, refusal("c"));
    assertEquals(429, refusal("a"), "of its two places one was given up");
  }

  @Test
  void aCallerWithManyAddressesIsOneAndAnAddressOfManyCallersToo() {
    admit("address 1", "session a");
    Admission.Place second = admit("address 2", "session a");
    assertEquals(429, refusal("address 3", "session a"));
    second.release();
    admit("address 1", "session b");
    assertEquals(429, refusal("address 1", "session c"));
    assertEquals(2, admission.total());
    admit("address 3", "session a");
  }
}
