package org.framecast.stream.sink;

import java.util.Optional;
import org.framecast.stream.codec.HardwareEncoder;
import org.framecast.stream.flow.Label;

/** Which hardware a file's pictures are to be encoded by, as its options name it. */
public enum HardwareChoice {
  /** Software. */
  NONE,
  @Label("NVENC")
  NVENC,
  @Label("V4L2 M2M")
  V4L2M2M;

  Optional<HardwareEncoder> encoder() {
    return switch (this) {
      case NONE -> Optional.empty();
      case NVENC -> Optional.of(HardwareEncoder.NVENC);
      case V4L2M2M -> Optional.of(HardwareEncoder.V4L2M2M);
    };
  }
}
