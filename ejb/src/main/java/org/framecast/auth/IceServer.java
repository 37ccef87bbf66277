package org.framecast.auth;

import java.util.Optional;

/** A server that helps a peer to be reached, and what it lets the peer in by, if it asks. */
public record IceServer(String url, Optional<Credential> credential) {
  /** A name and a password of limited life. */
  public record Credential(String username, String password) {
    /** Does not show the password. */
    @Override
    public String toString() {
      return "Credential[…]";
    }
  }
}
