package org.framecast.live;

import org.framecast.session.SessionSetup;

/** Opens the stream of a publisher that has come in. */
interface LiveStreamFactory {
  /**
   * Opens and starts it.
   *
   * @param channel where image mode sends its answers
   * @param errors hears of frames that could not be used
   */
  LiveStream open(SessionSetup setup, PublisherChannel channel, StreamErrors errors);
}
