package org.framecast.stream.transport.datachannel;

import java.util.Optional;
import java.util.function.Supplier;
import org.framecast.rtc.GatheringState;
import org.framecast.rtc.IceCandidate;
import org.framecast.rtc.PeerConfiguration;
import org.framecast.rtc.PeerConnection;
import org.framecast.rtc.RtcException;
import org.framecast.rtc.RtcLibrary;
import org.framecast.rtc.SdpType;
import org.framecast.rtc.SessionDescription;
import org.framecast.rtc.TrackOptions;
import org.framecast.stream.transport.Peer;
import org.framecast.stream.transport.PeerListener;
import org.framecast.stream.transport.PeerState;
import org.framecast.stream.transport.PeerTrack;
import org.framecast.stream.transport.TrackSpec;

/** A peer connection of libdatachannel that answers. */
final class DataChannelPeer implements Peer {
  // What the library ends its sections with when no candidate is to come.
  private static final String END_OF_CANDIDATES = "a=end-of-candidates";

  private final PeerConnection connection;
  private final TrackOptions trackOptions;
  private final PeerListener listener;

  private DataChannelPeer(
      PeerConnection connection, TrackOptions trackOptions, PeerListener listener) {
    this.connection = connection;
    this.trackOptions = trackOptions;
    this.listener = listener;
  }

  static DataChannelPeer open(
      RtcLibrary library,
      PeerConfiguration configuration,
      TrackOptions trackOptions,
      PeerListener listener) {
    PeerConnection connection = PeerConnection.open(library, configuration, new Events(listener));
    return new DataChannelPeer(connection, trackOptions, listener);
  }

  @Override
  public PeerTrack addTrack(TrackSpec spec) {
    return added(spec, sending(spec), trackOptions);
  }

  @Override
  public PeerTrack addReceivingTrack(TrackSpec spec) {
    return added(spec, section(spec, "a=recvonly"), TrackOptions.raw());
  }

  private PeerTrack added(TrackSpec spec, String description, TrackOptions options) {
    DataChannelTrack track = new DataChannelTrack(spec.mid(), listener);
    return guarded(
        () -> {
          track.bind(connection.addTrack(description, options, track));
          return track;
        });
  }

  /** The media section that the library copies into its description. */
  private static String sending(TrackSpec spec) {
    String ssrc = "a=ssrc:" + Integer.toUnsignedString(spec.ssrc());
    return String.join(
        "\r\n",
        section(spec, "a=sendonly") + "a=msid:" + spec.streamId() + " " + spec.trackId(),
        ssrc + " cname:" + spec.cname(),
        ssrc + " msid:" + spec.streamId() + " " + spec.trackId(),
        "");
  }

  private static String section(TrackSpec spec, String direction) {
    return String.join(
        "\r\n",
        "m=" + spec.kind().sdpName() + " 9 UDP/TLS/RTP/SAVPF " + spec.payloadType(),
        "a=mid:" + spec.mid(),
        direction,
        "a=rtcp-mux",
        "a=rtpmap:" + spec.payloadType() + " " + rtpMap(spec),
        "");
  }

  private static String rtpMap(TrackSpec spec) {
    String channels =
        switch (spec.kind()) {
          case AUDIO -> "/2";
          case VIDEO -> "";
        };
    return spec.codec().sdpName() + "/" + spec.codec().clockRateHz() + channels;
  }

  @Override
  public void acceptOffer(String sdp) {
    guarded(
        () -> {
          connection.setRemoteDescription(new SessionDescription(SdpType.OFFER, sdp));
          connection.setLocalDescription(SdpType.ANSWER);
          return this;
        });
  }

  @Override
  public Optional<String> completeDescription() {
    return guarded(() -> connection.localDescription())
        .map(SessionDescription::sdp)
        .filter(sdp -> sdp.contains(END_OF_CANDIDATES));
  }

  @Override
  public void addRemoteCandidate(String mid, String candidate) {
    guarded(
        () -> {
          connection.addRemoteCandidate(new IceCandidate(candidate, mid));
          return this;
        });
  }

  @Override
  public void close() {
    connection.close();
  }

  private static <T> T guarded(Supplier<T> call) {
    try {
      return call.get();
    } catch (RtcException e) {
      throw Failures.of(e);
    }
  }

  private record Events(PeerListener listener) implements PeerConnection.Listener {
    @Override
    public void stateChanged(PeerConnection peer, org.framecast.rtc.PeerState state) {
      listener.stateChanged(
          switch (state) {
            case NEW -> PeerState.NEW;
            case CONNECTING -> PeerState.CONNECTING;
            case CONNECTED -> PeerState.CONNECTED;
            case DISCONNECTED -> PeerState.DISCONNECTED;
            case FAILED -> PeerState.FAILED;
            case CLOSED -> PeerState.CLOSED;
          });
    }

    @Override
    public void gatheringStateChanged(PeerConnection peer, GatheringState state) {
      if (state == GatheringState.COMPLETE) {
        listener.gatheringComplete();
      }
    }
  }
}
