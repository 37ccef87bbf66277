package org.framecast.web.problem;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.framecast.problem.ProblemException;

/** Answers with the problem that a refusal carries. */
@Provider
public class ProblemMapper implements ExceptionMapper<ProblemException> {
  private final HttpHeaders request;

  /**
   * @param request those of the request that is being answered, whichever that is
   */
  public ProblemMapper(@Context HttpHeaders request) {
    this.request = request;
  }

  @Override
  public Response toResponse(ProblemException refusal) {
    return ProblemDocument.response(refusal.problem(), request.getHeaderString(HttpHeaders.ACCEPT));
  }
}
