package org.framecast.web.problem;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.framecast.problem.Problem;

/** Answers what the framework refuses by itself: unknown paths, wrong methods, wrong types. */
@Provider
public class FrameworkRefusalMapper implements ExceptionMapper<WebApplicationException> {
  private final HttpHeaders request;

  /**
   * @param request those of the request that is being answered, whichever that is
   */
  public FrameworkRefusalMapper(@Context HttpHeaders request) {
    this.request = request;
  }

  @Override
  public Response toResponse(WebApplicationException refusal) {
    Response framework = refusal.getResponse();
    int status = framework.getStatus();
    if (status < 400) {
      return framework;
    }
    Response answer =
        ProblemDocument.response(problem(status), request.getHeaderString(HttpHeaders.ACCEPT));
    String allow = framework.getHeaderString(HttpHeaders.ALLOW);
    return allow == null
        ? answer
        : Response.fromResponse(answer).header(HttpHeaders.ALLOW, allow).build();
  }

  /** The problem for a status that comes without one. */
  public static Problem problem(int status) {
    return switch (status) {
      case 404 -> Problem.of("not-found", 404, "Not found", "Nothing has this address.");
      case 405 ->
          Problem.of(
              "method-not-allowed", 405, "Method not allowed", "See the header Allow for those.");
      case 406 ->
          Problem.of("not-acceptable", 406, "Not acceptable", "No representation of that type.");
      case 415 ->
          Problem.of(
              "media-type",
              415,
              "Unsupported media type",
              "This body's type, or its coding, is not taken here.");
      default ->
          status < 500
              ? Problem.of(
                  "bad-request", status, "Bad request", "The request cannot be understood.")
              : UnexpectedFaultMapper.internal(status);
    };
  }
}
