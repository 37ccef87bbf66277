package org.framecast.web.problem;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.framecast.problem.Problem;

/**
 * A problem as an HTTP answer.
 *
 * <p><b>Source:</b> RFC 9457
 */
public final class ProblemDocument {
  /** The media type of every error body. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private ProblemDocument() {}

  /** The answer of a JAX-RS resource. */
  public static Response response(Problem problem) {
    Response.ResponseBuilder response =
        Response.status(problem.status())
            .type(MediaType.valueOf(MEDIA_TYPE))
            .header("Cache-Control", "no-store")
            .entity(body(problem).getBytes(StandardCharsets.UTF_8));
    problem.retryAfter().ifPresent(wait -> response.header("Retry-After", wait.toSeconds()));
    if (problem.status() == 401) {
      response.header("WWW-Authenticate", challenge(problem));
    }
    return response.build();
  }

  /** The answer of a servlet filter. */
  public static void write(Problem problem, HttpServletResponse response) throws IOException {
    byte[] body = body(problem).getBytes(StandardCharsets.UTF_8);
    response.setStatus(problem.status());
    response.setContentType(MEDIA_TYPE);
    response.setContentLength(body.length);
    response.setHeader("Cache-Control", "no-store");
    problem
        .retryAfter()
        .ifPresent(wait -> response.setHeader("Retry-After", Long.toString(wait.toSeconds())));
    if (problem.status() == 401) {
      response.setHeader("WWW-Authenticate", challenge(problem));
    }
    response.getOutputStream().write(body);
  }

  /** RFC 6750 §3.1: no error code where no token was shown. */
  private static String challenge(Problem problem) {
    return switch (problem.code()) {
      case "token-wrong", "token-expired" -> "Bearer realm=\"framecast\", error=\"invalid_token\"";
      default -> "Bearer realm=\"framecast\"";
    };
  }

  /** The document itself. */
  public static String body(Problem problem) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("type", problem.type())
            .add("title", problem.title())
            .add("status", problem.status())
            .add("detail", problem.detail())
            .add("code", problem.code());
    problem.at().ifPresent(pointer -> json.add("pointer", pointer));
    return json.build().toString();
  }
}
