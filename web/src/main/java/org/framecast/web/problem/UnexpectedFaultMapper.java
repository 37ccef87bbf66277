package org.framecast.web.problem;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.framecast.problem.Problem;

/** Answers what nobody expected: the log has all of it, the caller none. */
@Provider
public class UnexpectedFaultMapper implements ExceptionMapper<Throwable> {
  @Override
  public Response toResponse(Throwable fault) {
    WebMessages.LOG.requestFailed(fault);
    return ProblemDocument.response(internal(500));
  }

  static Problem internal(int status) {
    return Problem.of(
        "internal", status, "The server failed", "It is not your request; the log says more.");
  }
}
