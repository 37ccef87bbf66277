package org.framecast.auth;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.framecast.config.ServerConfig;

/**
 * The STUN servers and relays that callers are told of. A relay's credentials are made for each
 * caller from the secret that is shared with the relay; nothing is stored on either side.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Source:</b> draft-uberti-behave-turn-rest, as coturn's {@code use-auth-secret} reads it
 */
@Singleton
public class IceServers {
  private static final String HASH = "HmacSHA1";

  private final List<String> stunUrls;
  private final ServerConfig.Turn turn;
  private final InstantSource clock;

  @Inject
  public IceServers(ServerConfig config, InstantSource clock) {
    this(config.webRtc().iceServers(), config.webRtc().turn(), clock);
  }

  IceServers(List<String> iceServers, ServerConfig.Turn turn, InstantSource clock) {
    // What the server itself uses may carry its own password: only plain STUN is passed on.
    this.stunUrls = iceServers.stream().filter(url -> url.matches("stuns?:[^@\\s<>]+")).toList();
    this.turn = turn;
    this.clock = clock;
  }

  /**
   * Those for one caller.
   *
   * @param subject a public name of the caller, for the relay's log
   */
  public List<IceServer> of(String subject) {
    List<IceServer> servers = new ArrayList<>();
    stunUrls.forEach(url -> servers.add(new IceServer(url, Optional.empty())));
    if (!turn.urls().isEmpty()) {
      Optional<IceServer.Credential> credential = Optional.of(credential(subject));
      turn.urls().forEach(url -> servers.add(new IceServer(url, credential)));
    }
    return servers;
  }

  private IceServer.Credential credential(String subject) {
    long expires = clock.instant().plus(turn.life()).getEpochSecond();
    String username = expires + ":" + subject;
    try {
      Mac mac = Mac.getInstance(HASH);
      mac.init(new SecretKeySpec(turn.secret().getBytes(StandardCharsets.UTF_8), HASH));
      byte[] digest = mac.doFinal(username.getBytes(StandardCharsets.UTF_8));
      return new IceServer.Credential(username, Base64.getEncoder().encodeToString(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HASH, e);
    }
  }
}
