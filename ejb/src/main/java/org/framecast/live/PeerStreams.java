package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.framecast.problem.Problem;
import org.framecast.problem.ProblemException;
import org.framecast.session.SessionSetup;
import org.framecast.stream.webrtc.PeerPublisher;
import org.framecast.stream.webrtc.PublishHost;
import org.framecast.stream.webrtc.sdp.StreamFormats;
import org.jspecify.annotations.Nullable;

/**
 * Opens the streams of publishers who send over a peer connection.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class PeerStreams {
  private final LiveStreams streams;
  private final StreamParts parts;
  private final SessionChains chains;

  @Inject
  public PeerStreams(LiveStreams streams, StreamParts parts, SessionChains chains) {
    this.streams = streams;
    this.parts = parts;
    this.chains = chains;
  }

  /**
   * The place of one publisher; it keeps why the stream was not opened.
   *
   * <p><b>Ownership:</b> the stream ends with the publisher, and the claim is given up then.
   */
  public final class Place implements PublishHost {
    private final SessionSetup setup;
    private volatile @Nullable Problem refusal;

    private Place(SessionSetup setup) {
      this.setup = setup;
    }

    /** Why there is no stream, if the state of the session is the reason. */
    public Optional<Problem> refusal() {
      return Optional.ofNullable(refusal);
    }

    @Override
    public Optional<Reception> open(StreamFormats formats, PeerPublisher publisher) {
      if (!setup.claim().confirm()) {
        return Optional.empty();
      }
      try {
        return Optional.of(started(formats, publisher));
      } catch (ProblemException e) {
        refusal = e.problem();
        return Optional.empty();
      }
    }

    private Reception started(StreamFormats formats, PeerPublisher peer) {
      AtomicReference<@Nullable CodedLiveStream> opened = new AtomicReference<>();
      Channel channel = new Channel(peer);
      Publisher publisher =
          streams.publish(
              setup,
              channel,
              (session, way, errors) -> {
                CodedLiveStream stream =
                    CodedLiveStream.start(
                        session.session().stream(),
                        parts,
                        CodedLiveStream.Origin.publisher(parts, formats, peer::keyframeWanted),
                        pools -> chains.of(session.session(), pools),
                        errors);
                opened.set(stream);
                return stream;
              });
      channel.publisher = publisher;
      peer.left().thenRun(() -> end(publisher));
      CodedLiveStream stream = opened.get();
      if (stream == null) {
        throw new IllegalStateException("no stream was opened");
      }
      return stream.reception();
    }

    private void end(Publisher publisher) {
      try {
        publisher.close();
      } finally {
        setup.claim().release();
      }
    }
  }

  /** The place for a publisher whose session let it in. */
  public Place place(SessionSetup setup) {
    return new Place(setup);
  }

  /** A peer connection says nothing of its own; its end is the way back. */
  private static final class Channel implements PublisherChannel {
    private final PeerPublisher peer;
    private volatile @Nullable Publisher publisher;

    Channel(PeerPublisher peer) {
      this.peer = peer;
    }

    @Override
    public boolean send(StreamEvent event) {
      return true;
    }

    @Override
    public boolean sendResult(StreamEvent.Result result, ByteBuffer image) {
      return false;
    }

    /** Silence is the peer's own limit. */
    @Override
    public void ping() {
      Publisher known = publisher;
      if (known != null) {
        known.alive();
      }
    }

    @Override
    public void close(int code, String reason) {
      peer.close();
    }
  }
}
