package org.framecast.web.security;

import java.security.Principal;
import org.framecast.session.SessionSetup;

/**
 * Who publishes over a connection, as the handshake found it: the principal of the upgraded
 * request.
 */
public record SetupPrincipal(SessionSetup setup) implements Principal {
  @Override
  public String getName() {
    return setup.session().id();
  }

  @Override
  public String toString() {
    return "SetupPrincipal[" + getName() + "]";
  }
}
