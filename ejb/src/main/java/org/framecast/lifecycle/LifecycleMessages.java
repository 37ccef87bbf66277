package org.framecast.lifecycle;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What starting and stopping log; ids 1 to 49, never used again for another message. */
@MessageLogger(projectCode = "FRAMECAST", length = 4)
interface LifecycleMessages extends BasicLogger {
  LifecycleMessages LOG =
      Logger.getMessageLogger(
          MethodHandles.lookup(), LifecycleMessages.class, "org.framecast.lifecycle");

  @LogMessage(level = Logger.Level.INFO)
  @Message(id = 1, value = "Framecast has started; who may come in: %s")
  void started(String admission);

  @LogMessage(level = Logger.Level.INFO)
  @Message(id = 2, value = "Framecast has stopped")
  void stopped();

  @LogMessage(level = Logger.Level.ERROR)
  @Message(id = 3, value = "Framecast has stopped and left something behind")
  void stoppedWithFailures(@Cause Throwable failures);

  @LogMessage(level = Logger.Level.ERROR)
  @Message(id = 4, value = "A task that runs every second failed")
  void taskFailed(@Cause Throwable cause);

  @LogMessage(level = Logger.Level.INFO)
  @Message(id = 5, value = "Detector %s runs on %s")
  void detector(String model, String provider);

  @LogMessage(level = Logger.Level.WARN)
  @Message(id = 6, value = "No detector: framecast.models.dir names no folder with one")
  void noDetector();

  @LogMessage(level = Logger.Level.WARN)
  @Message(id = 7, value = "Warming up failed; the first frames will be slower")
  void warmUpFailed(@Cause Throwable cause);

  @LogMessage(level = Logger.Level.INFO)
  @Message(id = 8, value = "Plug-in %s")
  void plugin(String jar);
}
