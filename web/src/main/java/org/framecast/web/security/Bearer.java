package org.framecast.web.security;

import org.jspecify.annotations.Nullable;

/**
 * The token of an {@code Authorization} header.
 *
 * <p><b>Source:</b> RFC 6750 §2.1
 */
public final class Bearer {
  private static final String SCHEME = "Bearer ";

  private Bearer() {}

  /** The token, or null when the header is missing or of another scheme. */
  public static @Nullable String token(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    String token = header.substring(SCHEME.length()).strip();
    return token.isEmpty() ? null : token;
  }
}
