package org.framecast.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Admission admission = new Admission(3, 2);

  private Admission.Place admit(String address) {
    return assertInstanceOf(Admission.Entry.Admitted.class, admission.enter(address)).place();
  }

  private int refusal(String address) {
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
  }
}
