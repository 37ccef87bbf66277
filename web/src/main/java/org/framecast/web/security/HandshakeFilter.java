package org.framecast.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.framecast.live.Handshake;
import org.framecast.problem.Problem;
import org.framecast.session.SessionSetup;
import org.framecast.web.problem.ProblemDocument;

/**
 * Decides about a publisher's WebSocket while it still is an HTTP request: a refusal has a status
 * and a body, which no endpoint behind the upgrade could give.
 */
public final class HandshakeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject private transient Handshake handshake;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      response.setHeader("Upgrade", "websocket");
      ProblemDocument.write(
          Problem.of(
              "upgrade-required", 426, "This is a WebSocket", "Ask for an upgrade to websocket."),
          response);
      return;
    }
    switch (handshake.check(offered(request))) {
      case Handshake.Outcome.Refused(Problem problem) -> ProblemDocument.write(problem, response);
      case Handshake.Outcome.Accepted(SessionSetup setup) -> {
        try {
          chain.doFilter(new SetupRequest(request, setup), response);
        } finally {
          if (response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
            setup.claim().release();
          }
        }
      }
    }
  }

  private static List<String> offered(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
        .flatMap(header -> Arrays.stream(header.split(",")))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /** The request with the principal that the handshake found. */
  private static final class SetupRequest extends HttpServletRequestWrapper {
    private final Principal principal;

    SetupRequest(HttpServletRequest request, SessionSetup setup) {
      super(request);
      this.principal = new SetupPrincipal(setup);
    }

    @Override
    public Principal getUserPrincipal() {
      return principal;
    }
  }
}
