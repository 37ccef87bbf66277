package org.framecast.web.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.framecast.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemDocumentTest {
  @Test
  void aProblemHasTypeTitleStatusDetailCodeAndPointer() {
    assertEquals(
        "{\"type\":\"urn:framecast:problem:a-b\",\"title\":\"T\",\"status\":422,\"detail\":\"D\","
            + "\"code\":\"a-b\",\"pointer\":\"/x\"}",
        ProblemDocument.body(Problem.of("a-b", 422, "T", "D").at("/x")));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 406, 415, 451, 500, 503})
  void whatTheFrameworkRefusesKeepsItsStatus(int status) {
    assertEquals(status, FrameworkRefusalMapper.problem(status).status());
  }

  @Test
  void nothingOfAFaultsTextIsInItsDocument() {
    assertFalse(ProblemDocument.body(UnexpectedFaultMapper.internal(500)).contains("Exception"));
  }
}
