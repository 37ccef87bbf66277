package org.framecast.live;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.framecast.config.ServerConfig;
import org.framecast.problem.ProblemException;
import org.framecast.session.RecordedEvents;
import org.framecast.session.Session;
import org.framecast.session.SessionRegistry;
import org.framecast.session.StepClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileQuotaTest {
  private static final int BYTES = 1_000;
  private static final int FILES = 3;

  @TempDir Path folder;

  private ServerConfig config(Map<String, String> more) {
    Map<String, String> keys =
        new HashMap<>(
            Map.of(
                "framecast.recordings.dir", folder.resolve("recordings").toString(),
                "framecast.recordings.min-free-bytes", "0",
                "framecast.recordings.max-owner-bytes", Integer.toString(BYTES),
                "framecast.recordings.max-owner-files", Integer.toString(FILES)));
    keys.putAll(more);
    return ServerConfig.read(key -> Optional.ofNullable(keys.get(key)), folder);
  }

  private static FileQuota quota(ServerConfig config) {
    return new FileQuota(config, new OwnerFolders(config));
  }

  private static Session session(ServerConfig config) {
    return new SessionRegistry(config, new StepClock(), new RecordedEvents<>())
        .open("192.0.2.1", Optional.empty())
        .session();
  }

  private Path own(Session owner, String file, int bytes) throws IOException {
    Path path = folder.resolve("recordings").resolve(owner.stream()).resolve(file);
    Files.createDirectories(path.getParent());
    return Files.write(path, new byte[bytes]);
  }

  private static String refusal(FileQuota quota, Session owner) {
    return assertThrows(ProblemException.class, () -> quota.require(owner)).problem().code();
  }

  @Test
  void anOwnersBytesAreFullAtTheLimit() throws IOException {
    ServerConfig config = config(Map.of());
    FileQuota quota = quota(config);
    Session owner = session(config);
    assertDoesNotThrow(() -> quota.require(owner), "no folder yet");
    own(owner, "a.mp4", 500);
    own(owner, "below/b.part", BYTES - 501);
    assertDoesNotThrow(() -> quota.require(owner));
    assertFalse(quota.round().isFull(owner));
    own(owner, "below/b.part", BYTES - 500);
    assertEquals("owner-full", refusal(quota, owner));
    assertTrue(quota.round().isFull(owner));
    assertDoesNotThrow(
        () -> quota.require(session(config)), "another owner has a share of its own");
  }

  @Test
  void anOwnersFilesAreFullAtTheLimit() throws IOException {
    ServerConfig config = config(Map.of());
    FileQuota quota = quota(config);
    Session owner = session(config);
    for (int i = 1; i < FILES; i++) {
      own(owner, i + ".png", 0);
    }
    assertDoesNotThrow(() -> quota.require(owner));
    own(owner, "last.png", 0);
    assertEquals("owner-full", refusal(quota, owner));
  }

  @Test
  void soMuchStaysFreeOnTheDisk() {
    FileQuota quota = quota(config(Map.of("framecast.recordings.min-free-bytes", "4096")));
    assertTrue(quota.isBelow(4_095));
    assertFalse(quota.isBelow(4_096));
  }

  /** The folder of recordings is made with the first: until then the disk is its parent's. */
  @Test
  void aDiskWithoutRoomIsKnownBeforeTheFirstRecording() {
    ServerConfig config =
        config(Map.of("framecast.recordings.min-free-bytes", Long.toString(1L << 50)));
    assertEquals("disk-full", refusal(quota(config), session(config)));
  }
}
