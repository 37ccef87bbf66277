package org.framecast.web.problem;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What the edge logs; ids 200 to 299, never used again for another message. */
@MessageLogger(projectCode = "FRAMECAST", length = 4)
public interface WebMessages extends BasicLogger {
  WebMessages LOG =
      Logger.getMessageLogger(MethodHandles.lookup(), WebMessages.class, "org.framecast.web");

  @LogMessage(level = Logger.Level.ERROR)
  @Message(id = 200, value = "A request failed")
  void requestFailed(@Cause Throwable cause);
}
