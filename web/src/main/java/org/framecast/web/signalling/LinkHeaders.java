package org.framecast.web.signalling;

import jakarta.ws.rs.core.Response;
import java.util.List;
import org.framecast.auth.IceServer;

/**
 * The {@code Link} headers of an answer.
 *
 * <p><b>Source:</b> RFC 8288 §3; RFC 9725 §4.6
 */
public final class LinkHeaders {
  private LinkHeaders() {}

  /** Adds one header for each server. */
  public static void iceServers(Response.ResponseBuilder response, List<IceServer> servers) {
    servers.forEach(server -> response.header("Link", link(server)));
  }

  static String link(IceServer server) {
    String link = "<" + server.url() + ">; rel=\"ice-server\"";
    return server
        .credential()
        .map(
            credential ->
                link
                    + "; username=\""
                    + credential.username()
                    + "\"; credential=\""
                    + credential.password()
                    + "\"; credential-type=\"password\"")
        .orElse(link);
  }
}
