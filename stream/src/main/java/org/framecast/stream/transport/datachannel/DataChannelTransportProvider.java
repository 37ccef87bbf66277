package org.framecast.stream.transport.datachannel;

import java.util.concurrent.ThreadFactory;
import org.framecast.stream.transport.PeerTransport;
import org.framecast.stream.transport.PeerTransportProvider;
import org.framecast.stream.transport.PeerTransportSettings;

/** The transport of libdatachannel. One can be open in a process. */
public final class DataChannelTransportProvider implements PeerTransportProvider {
  @Override
  public String name() {
    return "libdatachannel";
  }

  @Override
  public PeerTransport open(PeerTransportSettings settings, ThreadFactory threads) {
    return DataChannelTransport.open(settings, threads);
  }
}
