package org.framecast.auth;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A random value that is shown once to its owner and kept only as a {@link SecretHash}.
 *
 * @param text 43 characters of base64url: 256 bits
 */
public record Secret(String text) {
  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new one. */
  public static Secret random() {
    return new Secret(randomText(BYTES));
  }

  /**
   * What a caller claims to be a secret of its own making; empty for what has not the form of one.
   */
  public static Optional<Secret> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
  }

  /** A name that nobody guesses but that is no secret: {@code bytes} of randomness in base64url. */
  public static String randomText(int bytes) {
    byte[] value = new byte[bytes];
    RANDOM.nextBytes(value);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }

  public SecretHash hash() {
    return SecretHash.of(text);
  }

  /** Does not show the secret. */
  @Override
  public String toString() {
    return "Secret[…]";
  }
}
