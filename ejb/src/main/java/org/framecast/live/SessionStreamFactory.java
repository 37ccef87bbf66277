package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.framecast.session.SessionSetup;

/** Opens the streams of sessions, in the mode that the handshake chose. */
@Singleton
class SessionStreamFactory implements LiveStreamFactory {
  private final StreamParts parts;
  private final SessionChains chains;

  @Inject
  SessionStreamFactory(StreamParts parts, SessionChains chains) {
    this.parts = parts;
    this.chains = chains;
  }

  @Override
  public LiveStream open(SessionSetup setup, PublisherChannel channel, StreamErrors errors) {
    ChainMaker chain = pools -> chains.of(setup.session(), pools);
    return switch (setup.mode()) {
      case VIDEO -> VideoStream.start(setup.session().stream(), parts, chain, errors);
      case IMAGE -> ImageStream.start(setup.session().stream(), parts, chain, channel, errors);
    };
  }
}
