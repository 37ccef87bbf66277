package org.framecast.rtc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Tests with the real library: after each, nothing of it may be left. */
@Timeout(180)
abstract class WithLibrary {
  private RtcLibrary opened;

  @BeforeEach
  void openLibrary() {
    opened = RtcLibrary.open(RtcOptions.of(WithLibrary::thread));
  }

  @AfterEach
  void closeLibrary() {
    try {
      assertEquals(0, opened.livePeers(), "peers left");
      assertEquals(0, opened.liveTracks(), "tracks left");
    } finally {
      opened.close();
    }
    Eventually.eventually("native threads end", () -> NativeThreads.names().isEmpty());
  }

  RtcLibrary library() {
    return opened;
  }

  static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "rtc-test-cleanup");
    thread.setDaemon(true);
    return thread;
  }
}
