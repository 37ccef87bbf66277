package org.framecast.rtc;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What an operator reads. An id is never used again. */
@MessageLogger(projectCode = "FCRTC", length = 4)
interface RtcMessages extends BasicLogger {
  RtcMessages LOG =
      Logger.getMessageLogger(MethodHandles.lookup(), RtcMessages.class, "org.framecast.rtc");

  @LogMessage(level = Logger.Level.INFO)
  @Message(id = 1, value = "WebRTC by libdatachannel %s from %s")
  void libraryOpened(String version, Path file);

  @LogMessage(level = Logger.Level.ERROR)
  @Message(id = 2, value = "A listener of a peer threw; the peer goes on")
  void listenerThrew(@Cause Throwable failure);

  @LogMessage(level = Logger.Level.WARN)
  @Message(
      id = 3,
      value = "The WebRTC library's threads did not end within %s: its memory is kept, not freed")
  void threadsDidNotEnd(Duration deadline);
}
