package org.framecast.stream.webrtc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.framecast.stream.media.Codec;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.transport.Peer;
import org.framecast.stream.transport.PeerTrack;
import org.framecast.stream.transport.TrackSpec;
import org.framecast.stream.webrtc.ingest.Ingest;
import org.framecast.stream.webrtc.ingest.ReceivedTrack;
import org.framecast.stream.webrtc.sdp.MediaFormat;
import org.framecast.stream.webrtc.sdp.Offer;
import org.framecast.stream.webrtc.sdp.PlannedSection;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/** The negotiation of a publisher's offer. */
final class PublisherNegotiation extends Negotiation<PublisherGuest, WhipResult> {
  private final String name;
  private final PublishHost host;
  private final WhipSettings settings;
  private final List<ReceivedTrack> received = new ArrayList<>();
  private final List<PeerTrack> tracks = new ArrayList<>();
  private int ssrc;

  PublisherNegotiation(
      String name,
      Offer offer,
      PublishHost host,
      WhipSettings settings,
      NegotiatorRuntime runtime) {
    super(offer, runtime);
    this.name = name;
    this.host = host;
    this.settings = settings;
  }

  @Override
  List<TrackSpec> addTracks(Peer peer) {
    List<TrackSpec> specs = new ArrayList<>();
    for (PlannedSection.Accepted section : offer().accepted()) {
      TrackSpec spec = ids().track(section);
      specs.add(spec);
      ssrc = spec.ssrc();
      tracks.add(peer.addReceivingTrack(spec));
      received.add(
          new ReceivedTrack(
              section.mid(),
              section.kind(),
              section.format().codec(),
              section.payloadType(),
              Set.copyOf(section.ssrcs())));
    }
    return specs;
  }

  @Override
  PublisherGuest guest(Peer peer) {
    return new PublisherGuest(
        new PeerPublisher(
            ids().publicId(),
            peer,
            new RemoteCandidates(
                peer, received.get(0).mid(), offer().ice(), offer().candidates().size()),
            runtime().work(),
            runtime().clock()));
  }

  @Override
  WhipResult admit(PublisherGuest guest, Peer peer, String answer) {
    PeerPublisher publisher = guest.publisher();
    Optional<PublishHost.Reception> reception = Optional.empty();
    try {
      reception = host.open(formats(), publisher);
    } finally {
      if (reception.isEmpty()) {
        publisher.close(LeaveReason.STREAM_ENDED);
      }
    }
    if (reception.isEmpty()) {
      return new WhipResult.Refused(new NegotiationResult.StreamEnded());
    }
    PeerTrack reports = tracks.get(0);
    publisher.receive(
        new Ingest(
            name + "-ingest",
            settings.ingest(),
            received,
            ssrc,
            (packet, sizeBytes) -> reports.send(packet, 0, sizeBytes),
            reception.get().sink(),
            reception.get().pool(),
            runtime().clock(),
            settings.threads()));
    return new WhipResult.Answered(answer, publisher);
  }

  private StreamFormats formats() {
    return new StreamFormats(
        offer().accepted(MediaKind.VIDEO).map(section -> passedOn(section.format())).stream()
            .toList(),
        offer().accepted(MediaKind.AUDIO).map(PlannedSection.Accepted::format));
  }

  /** Whatever mode H264 comes in, it goes out in mode 1. */
  private static MediaFormat passedOn(MediaFormat format) {
    if (format.codec() != Codec.H264) {
      return format;
    }
    Map<String, String> parameters = new LinkedHashMap<>(format.parameters());
    parameters.put("packetization-mode", "1");
    parameters.put("level-asymmetry-allowed", "1");
    parameters.putIfAbsent("profile-level-id", "42e01f");
    return new MediaFormat(Codec.H264, parameters);
  }

  @Override
  boolean isAdmitted(WhipResult outcome) {
    return outcome instanceof WhipResult.Answered;
  }

  @Override
  WhipResult refused(NegotiationResult.NoAnswer why) {
    return new WhipResult.Refused(why);
  }
}
