package org.framecast.stream.webrtc;

import java.util.ArrayList;
import java.util.List;
import org.framecast.stream.transport.Peer;
import org.framecast.stream.transport.TrackSpec;
import org.framecast.stream.webrtc.sdp.Offer;
import org.framecast.stream.webrtc.sdp.PlannedSection;

/** The negotiation of a viewer's offer. */
final class ViewerNegotiation extends Negotiation<ViewerGuest, NegotiationResult> {
  private final FanOut stream;
  private List<ViewerTrack> tracks = List.of();

  ViewerNegotiation(Offer offer, FanOut stream, NegotiatorRuntime runtime) {
    super(offer, runtime);
    this.stream = stream;
  }

  @Override
  List<TrackSpec> addTracks(Peer peer) {
    List<ViewerTrack> added = new ArrayList<>();
    for (PlannedSection.Accepted section : offer().accepted()) {
      TrackSpec spec = ids().track(section);
      added.add(
          new ViewerTrack(
              spec, peer.addTrack(spec), ids().identity(spec, section), ids().numbers()));
    }
    tracks = List.copyOf(added);
    return tracks.stream().map(ViewerTrack::spec).toList();
  }

  @Override
  ViewerGuest guest(Peer peer) {
    return new ViewerGuest(
        new Viewer(
            new Viewer.Identity(
                ids().publicId(),
                runtime().wallClock().instant(),
                offer().ice(),
                offer().candidates().size()),
            peer,
            stream,
            tracks,
            runtime().work(),
            runtime().clock()));
  }

  @Override
  NegotiationResult admit(ViewerGuest guest, Peer peer, String answer) {
    Viewer arrived = guest.viewer();
    switch (stream.add(arrived)) {
      case ENDED -> {
        arrived.turnAway();
        return new NegotiationResult.StreamEnded();
      }
      case FULL -> {
        arrived.turnAway();
        return new NegotiationResult.Unusable("no room for another codec");
      }
      case ADDED -> {
        arrived.joined();
        return new NegotiationResult.Answered(answer, arrived);
      }
    }
    throw new IllegalStateException("no admission");
  }

  @Override
  boolean isAdmitted(NegotiationResult outcome) {
    return outcome instanceof NegotiationResult.Answered;
  }

  @Override
  NegotiationResult refused(NegotiationResult.NoAnswer why) {
    return why;
  }
}
