package org.framecast.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.OptionalInt;
import org.framecast.problem.Problem;
import org.framecast.web.problem.FrameworkRefusalMapper;
import org.framecast.web.problem.ProblemDocument;

/**
 * The first filter: refuses requests that address another server, refuses changes asked for by
 * pages of another site, and sets the headers that tell browsers what a page may do.
 */
public final class FrontFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private static final String PAGE_POLICY =
      "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self'"
          + " blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors"
          + " 'none'";

  /** Generated API documentation carries its scripts and styles inside its pages. */
  private static final String DOCS_POLICY =
      "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  @Inject private transient Origins origins;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    setHeaders(request, response);
    if (request.getMethod().equals("TRACE")) {
      // Its answer would be the request, with its token.
      response.setHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
      ProblemDocument.write(FrameworkRefusalMapper.problem(405), response);
      return;
    }
    if (!origins.isOwnHost(request)) {
      ProblemDocument.write(
          Problem.of(
              "host-unknown",
              421,
              "This server has another name",
              "It answers to localhost and to the names in framecast.http.hosts."),
          response);
      return;
    }
    if (!mayComeFromAnywhere(request) && !origins.isOwnOrigin(request)) {
      ProblemDocument.write(
          Problem.of(
              "origin-refused",
              403,
              "The origin is refused",
              "Pages of another site may not do this."),
          response);
      return;
    }
    if (!RequestPath.isReadable(request.getRequestURI())) {
      ProblemDocument.write(
          FrameworkRefusalMapper.problem(HttpServletResponse.SC_BAD_REQUEST), response);
      return;
    }
    OptionalInt refusal = MediaHeaders.refusal(request);
    if (refusal.isPresent()) {
      ProblemDocument.write(FrameworkRefusalMapper.problem(refusal.getAsInt()), response);
      return;
    }
    chain.doFilter(request, new ProblemResponse(response, request.getHeader("Accept")));
  }

  /**
   * Viewing and publishing need a token that only a page of this server or a program can have got,
   * so players on the sites that are configured may use them; reading and plain page loads change
   * nothing.
   */
  private boolean mayComeFromAnywhere(HttpServletRequest request) {
    // However its path is spelled: an upgrade is the publisher's socket.
    if (request.getHeader("Upgrade") != null) {
      return false;
    }
    String origin = request.getHeader("Origin");
    // By the decoded path, however it is spelled and whatever part of it a servlet is mapped to.
    boolean forPlayers = Origins.isForPlayers(PagesFilter.pathOf(request));
    return (forPlayers && origin != null && origins.isGuest(origin))
        || switch (request.getMethod()) {
          case "GET", "HEAD", "OPTIONS" -> true;
          default -> false;
        };
  }

  private void setHeaders(HttpServletRequest request, HttpServletResponse response) {
    boolean docs = PagesFilter.pathOf(request).startsWith("/docs/");
    response.setHeader("Content-Security-Policy", docs ? DOCS_POLICY : PAGE_POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    origins
        .readers(PagesFilter.pathOf(request), request.getHeader("Origin"))
        .forEach(response::setHeader);
    response.setHeader(
        "Permissions-Policy",
        "camera=(self), microphone=(self), display-capture=(self), autoplay=(self),"
            + " fullscreen=(self), geolocation=()");
  }
}
