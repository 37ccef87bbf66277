package org.framecast.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.framecast.stream.webrtc.sdp.TrickleFragment;

/** Candidates by PATCH. */
final class FragmentTarget implements FuzzTarget {
  @Override
  public List<byte[]> seeds() {
    return SdpWords.bytes(SdpWords.FRAGMENT, "a=end-of-candidates\r\n");
  }

  @Override
  public List<String> words() {
    return SdpWords.LINES;
  }

  @Override
  public boolean feed(byte[] input) {
    return TrickleFragment.read(new String(input, StandardCharsets.UTF_8))
        instanceof TrickleFragment.Result.Parsed;
  }

  @Override
  public void close() {}
}
