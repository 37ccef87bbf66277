package org.framecast.rtc;

import java.lang.foreign.Arena;
import org.framecast.rtc.internal.ConfigurationLayout;
import org.framecast.rtc.internal.RtcFunctions;

/** Makes a native peer and listens to it before anything can happen on it. */
final class PeerOpening {
  private static final String WHAT = "Opening a peer";

  private PeerOpening() {}

  static PeerConnection open(
      RtcLibrary library, PeerConfiguration configuration, PeerConnection.Listener listener) {
    if (library.isClosing()) {
      throw new RtcException(RtcException.Code.CLOSED, WHAT + ": the WebRTC library is closed");
    }
    return library.within(WHAT, () -> create(library, configuration, listener));
  }

  private static PeerConnection create(
      RtcLibrary library, PeerConfiguration configuration, PeerConnection.Listener listener) {
    int id;
    try (Arena arena = Arena.ofConfined()) {
      long address = ConfigurationLayout.write(arena, configuration.values());
      id = NativeErrors.check(RtcFunctions.rtcCreatePeerConnection(address), WHAT);
    }
    PeerConnection peer = new PeerConnection(library, listener, id);
    library.registry().add(id, peer);
    try {
      peer.unlessClosed(WHAT, () -> NativeErrors.check(library.callbacks().attachPeer(id), WHAT));
    } catch (RtcException e) {
      peer.delete();
      throw e;
    }
    return peer;
  }
}
