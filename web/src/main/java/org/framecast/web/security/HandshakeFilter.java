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
import java.util.regex.Pattern;
import org.framecast.live.Handshake;
import org.framecast.problem.Problem;
import org.framecast.session.SessionSetup;
import org.framecast.web.problem.FrameworkRefusalMapper;
import org.framecast.web.problem.ProblemDocument;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a publisher's WebSocket while it still is an HTTP request: a refusal has a status
 * and a body, which no endpoint behind the upgrade could give.
 */
public final class HandshakeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private static final String VERSION = "13";

  /** Sixteen bytes in base64: the last of 22 characters holds two bits. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]==");

  @Inject private transient Handshake handshake;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Problem malformed = malformed(request);
    if (malformed != null) {
      if (malformed.status() == 405) {
        response.setHeader("Allow", "GET");
      } else if (malformed.status() == 426) {
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Sec-WebSocket-Version", VERSION);
      }
      ProblemDocument.write(malformed, response);
      return;
    }
    switch (handshake.check(items(request, "Sec-WebSocket-Protocol"))) {
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

  /** Why the request is no opening handshake, whoever sends it; RFC 6455 §4.2.1. */
  private static @Nullable Problem malformed(HttpServletRequest request) {
    if (!request.getMethod().equals("GET")) {
      return FrameworkRefusalMapper.problem(405);
    }
    if (!names(request, "Upgrade", "websocket") || !names(request, "Connection", "upgrade")) {
      return Problem.of(
          "upgrade-required", 426, "This is a WebSocket", "Ask for an upgrade to websocket.");
    }
    if (!items(request, "Sec-WebSocket-Version").equals(List.of(VERSION))) {
      return Problem.of(
          "websocket-version", 426, "Another WebSocket version", "Version 13 is spoken here.");
    }
    List<String> keys = items(request, "Sec-WebSocket-Key");
    if (keys.size() != 1 || !KEY.matcher(keys.getFirst()).matches()) {
      return Problem.of(
          "websocket-key",
          400,
          "The handshake is malformed",
          "Sec-WebSocket-Key is 16 bytes in base64, once.");
    }
    return null;
  }

  private static boolean names(HttpServletRequest request, String header, String item) {
    return items(request, header).stream().anyMatch(item::equalsIgnoreCase);
  }

  private static List<String> items(HttpServletRequest request, String name) {
    return Collections.list(request.getHeaders(name)).stream()
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
