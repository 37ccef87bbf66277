package org.framecast.web.problem;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.framecast.problem.ProblemException;

/** Answers with the problem that a refusal carries. */
@Provider
public class ProblemMapper implements ExceptionMapper<ProblemException> {
  @Override
  public Response toResponse(ProblemException refusal) {
    return ProblemDocument.response(refusal.problem());
  }
}
