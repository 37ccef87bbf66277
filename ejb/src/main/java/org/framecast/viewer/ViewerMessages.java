package org.framecast.viewer;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What viewers log; ids 150 to 199, never used again for another message. */
@MessageLogger(projectCode = "FRAMECAST", length = 4)
interface ViewerMessages extends BasicLogger {
  ViewerMessages LOG =
      Logger.getMessageLogger(MethodHandles.lookup(), ViewerMessages.class, "org.framecast.viewer");

  @LogMessage(level = Logger.Level.DEBUG)
  @Message(id = 150, value = "Viewer %s has joined stream %s")
  void joined(String viewer, String stream);

  @LogMessage(level = Logger.Level.DEBUG)
  @Message(id = 151, value = "Viewer %s has left stream %s: %s")
  void left(String viewer, String stream, String reason);

  @LogMessage(level = Logger.Level.WARN)
  @Message(id = 152, value = "A negotiation failed")
  void negotiationFailed(@Cause Throwable cause);
}
