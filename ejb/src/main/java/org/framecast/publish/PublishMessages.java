package org.framecast.publish;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What publishers log; ids 170 to 179, never used again for another message. */
@MessageLogger(projectCode = "FRAMECAST", length = 4)
interface PublishMessages extends BasicLogger {
  PublishMessages LOG =
      Logger.getMessageLogger(
          MethodHandles.lookup(), PublishMessages.class, "org.framecast.publish");

  @LogMessage(level = Logger.Level.DEBUG)
  @Message(id = 170, value = "Publisher %s sends stream %s")
  void joined(String publisher, String stream);

  @LogMessage(level = Logger.Level.DEBUG)
  @Message(id = 171, value = "Publisher %s of stream %s has left: %s")
  void left(String publisher, String stream, String reason);
}
