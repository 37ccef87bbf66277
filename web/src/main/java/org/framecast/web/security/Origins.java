package org.framecast.web.security;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.framecast.config.ServerConfig;
import org.jspecify.annotations.Nullable;

/**
 * Knows under which names this server may be addressed, and which pages are its own.
 *
 * <p>A page of another site can make a browser connect to a server on loopback, by a name that it
 * lets resolve there. Such a request carries that name, so names are checked.
 */
@Singleton
public class Origins {
  private final Set<String> names = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));

  private final Set<String> guests = new HashSet<>();

  @Inject
  public Origins(ServerConfig config) {
    config.corsOrigins().forEach(origin -> guests.add(origin.toLowerCase(Locale.ROOT)));
    config.httpHosts().forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
  }

  /** Whether the request addresses this server by a name of its own. */
  boolean isOwnHost(HttpServletRequest request) {
    return names.contains(request.getServerName().toLowerCase(Locale.ROOT))
        || names.contains("[" + request.getServerName() + "]");
  }

  /** Whether the request comes from a page of this server, or from no page at all. */
  boolean isOwnOrigin(HttpServletRequest request) {
    return isOwnOrigin(
        request.getHeader("Origin"),
        request.getScheme(),
        request.getServerName(),
        request.getServerPort());
  }

  /** Whether pages of that origin may use WHEP, WHIP and HLS, which take no cookies but tokens. */
  boolean isGuest(String origin) {
    return guests.contains("*") || guests.contains(origin.toLowerCase(Locale.ROOT));
  }

  /** What {@code Access-Control-Allow-Origin} says to a page of that origin; null for nothing. */
  private @Nullable String allowed(@Nullable String origin) {
    if (guests.contains("*")) {
      return "*";
    }
    return origin != null && isGuest(origin) ? origin : null;
  }

  /**
   * The headers by which a browser knows which pages may read an answer, an error too.
   *
   * @param path of the request, decoded
   * @param origin of the page that asks; null for none
   */
  public Map<String, String> readers(String path, @Nullable String origin) {
    if (!isForPlayers(path)) {
      return Map.of("Cross-Origin-Resource-Policy", "same-origin");
    }
    Map<String, String> headers = new HashMap<>();
    String allowed = allowed(origin);
    if (allowed != null) {
      headers.put("Access-Control-Allow-Origin", allowed);
    }
    headers.put("Vary", "Origin");
    headers.put(
        "Access-Control-Expose-Headers", "ETag, Location, Link, Retry-After, WWW-Authenticate");
    return headers;
  }

  /** Whether players on other sites use what is there. */
  static boolean isForPlayers(String path) {
    return path.startsWith("/whep/") || path.startsWith("/whip/") || path.startsWith("/hls/");
  }

  static boolean isOwnOrigin(@Nullable String origin, String scheme, String host, int port) {
    if (origin == null) {
      return true;
    }
    try {
      URI uri = URI.create(origin);
      String originScheme = httpScheme(uri.getScheme());
      return uri.getHost() != null
          && originScheme.equals(httpScheme(scheme))
          && uri.getHost().equalsIgnoreCase(host)
          && port(uri.getPort(), originScheme) == port(port, originScheme);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String httpScheme(@Nullable String scheme) {
    return switch (scheme) {
      case "ws", "http" -> "http";
      case "wss", "https" -> "https";
      case null, default -> "";
    };
  }

  private static int port(int port, String scheme) {
    if (port > 0) {
      return port;
    }
    return scheme.equals("https") ? 443 : 80;
  }
}
