package org.framecast.stream.flow;

import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.TimestampedFrame;

/**
 * Where a source puts what it makes.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Ownership:</b> moves if the answer is true; else the caller still owns the frame and closes
 * it.
 */
public interface StreamInput {
  boolean offerFrame(TimestampedFrame frame);

  boolean offerAudio(AudioFrame block);
}
