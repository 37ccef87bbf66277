package org.framecast.config;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What reading the settings logs; ids 50 to 59, never used again for another message. */
@MessageLogger(projectCode = "FRAMECAST", length = 4)
interface ConfigMessages extends BasicLogger {
  ConfigMessages LOG =
      Logger.getMessageLogger(MethodHandles.lookup(), ConfigMessages.class, "org.framecast.config");

  /** {@code bin/run} shows these lines by their id. */
  @LogMessage(level = Logger.Level.ERROR)
  @Message(id = 50, value = "%s")
  void unusable(String fault);
}
