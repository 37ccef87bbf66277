package org.framecast.live;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What live streams log; ids 100 to 149, never used again for another message. */
@MessageLogger(projectCode = "FRAMECAST", length = 4)
interface LiveMessages extends BasicLogger {
  LiveMessages LOG =
      Logger.getMessageLogger(MethodHandles.lookup(), LiveMessages.class, "org.framecast.live");

  @LogMessage(level = Logger.Level.INFO)
  @Message(id = 100, value = "Stream %s is published in mode %s")
  void published(String stream, String mode);

  @LogMessage(level = Logger.Level.INFO)
  @Message(id = 101, value = "Stream %s has ended")
  void ended(String stream);

  @LogMessage(level = Logger.Level.WARN)
  @Message(id = 102, value = "Stream %s did not free everything when it ended")
  void notFreed(String stream, @Cause Throwable cause);

  @LogMessage(level = Logger.Level.ERROR)
  @Message(id = 103, value = "The configured stream %s could not be started")
  void sourceFailed(String stream, @Cause Throwable cause);

  @LogMessage(level = Logger.Level.INFO)
  @Message(id = 104, value = "The encoder of %s takes %.1f ms for a 720p picture: %s")
  void encoderMeasured(String codec, double millis, String outcome);

  @LogMessage(level = Logger.Level.WARN)
  @Message(id = 105, value = "The encoder of %s failed when it was measured: not offered")
  void encoderFailed(String codec, @Cause Throwable cause);

  @LogMessage(level = Logger.Level.WARN)
  @Message(id = 106, value = "The input of the configured stream %s broke off: %s")
  void inputBroke(String stream, String reason);

  @LogMessage(level = Logger.Level.WARN)
  @Message(id = 107, value = "A sink gave up: %s")
  void sinkFailed(String sink, @Cause Throwable cause);

  @LogMessage(level = Logger.Level.WARN)
  @Message(id = 108, value = "The source of the stream %s failed")
  void documentSourceFailed(String stream, @Cause Throwable cause);

  @LogMessage(level = Logger.Level.WARN)
  @Message(id = 109, value = "Stream %s: the sink %s was completed: its owner's files are full")
  void filesFull(String stream, String sink);

  @LogMessage(level = Logger.Level.WARN)
  @Message(id = 110, value = "A component says: %s")
  void announced(String what);
}
