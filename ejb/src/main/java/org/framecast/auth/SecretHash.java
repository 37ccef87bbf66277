package org.framecast.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a secret: what is stored instead of it. Equality takes the same time whatever
 * differs, so this can be the key of a map.
 */
public final class SecretHash {
  private final byte[] sha256;

  private SecretHash(byte[] sha256) {
    this.sha256 = sha256;
  }

  /** The hash of what somebody claims to be a secret. */
  public static SecretHash of(String text) {
    try {
      return new SecretHash(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The first bytes of the hash in base64url: a public name that does not lead back to the secret.
   */
  public String name(int bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(sha256, bytes));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SecretHash hash && MessageDigest.isEqual(sha256, hash.sha256);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(sha256).getInt();
  }

  @Override
  public String toString() {
    return "SecretHash[…]";
  }
}
