package org.framecast.recording;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What recordings log; ids 300 to 349, never used again for another message. */
@MessageLogger(projectCode = "FRAMECAST", length = 4)
interface RecordingMessages extends BasicLogger {
  RecordingMessages LOG =
      Logger.getMessageLogger(
          MethodHandles.lookup(), RecordingMessages.class, "org.framecast.recording");

  @LogMessage(level = Logger.Level.WARN)
  @Message(id = 300, value = "The recording %s was ended: there is no more room for it")
  void full(String recording);

  @LogMessage(level = Logger.Level.WARN)
  @Message(
      id = 301,
      value = "The recording %s was cut off by the end of the server; it has what came until then")
  void cutOff(String recording);

  @LogMessage(level = Logger.Level.WARN)
  @Message(id = 302, value = "A recording that was cut off keeps the name of an unfinished file")
  void notNamed(@Cause Throwable cause);
}
