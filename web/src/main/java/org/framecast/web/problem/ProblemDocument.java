package org.framecast.web.problem;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.framecast.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A problem as an HTTP answer: JSON, or a {@link ProblemPage} for a person.
 *
 * <p><b>Source:</b> RFC 9457
 */
public final class ProblemDocument {
  /** The media type of every error body. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private ProblemDocument() {}

  /** The answer of a JAX-RS resource to whoever takes JSON. */
  public static Response response(Problem problem) {
    return response(problem, null);
  }

  /**
   * The answer of a JAX-RS resource.
   *
   * @param accept the request's header: who wants a page gets one
   */
  public static Response response(Problem problem, @Nullable String accept) {
    Response.ResponseBuilder response =
        Response.status(problem.status())
            .type(MediaType.valueOf(type(accept)))
            .header("Cache-Control", "no-store")
            .entity(text(problem, accept).getBytes(StandardCharsets.UTF_8));
    problem.retryAfter().ifPresent(wait -> response.header("Retry-After", wait.toSeconds()));
    if (problem.status() == 401) {
      response.header("WWW-Authenticate", challenge(problem));
    }
    return response.build();
  }

  private static String type(@Nullable String accept) {
    return ProblemPage.isWanted(accept) ? ProblemPage.MEDIA_TYPE : MEDIA_TYPE;
  }

  private static String text(Problem problem, @Nullable String accept) {
    return ProblemPage.isWanted(accept) ? ProblemPage.html(problem) : body(problem);
  }

  /** The answer of a servlet filter to whoever takes JSON. */
  public static void write(Problem problem, HttpServletResponse response) throws IOException {
    write(problem, null, response);
  }

  /**
   * The answer of a servlet filter.
   *
   * @param accept the request's header: who wants a page gets one
   */
  public static void write(Problem problem, @Nullable String accept, HttpServletResponse response)
      throws IOException {
    byte[] body = text(problem, accept).getBytes(StandardCharsets.UTF_8);
    response.setStatus(problem.status());
    response.setContentType(type(accept));
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
