package org.framecast.web.recording;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.framecast.config.ServerConfig;
import org.framecast.problem.Problem;
import org.framecast.recording.RecordedFile;

/**
 * Sends files, so many at a time: each keeps a thread of the server until the other side has taken
 * all.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class Downloads {
  private static final long STEP_BYTES = 1 << 16;
  private static final Duration SOON = Duration.ofSeconds(2);

  private final Semaphore places;

  @Inject
  public Downloads(ServerConfig config) {
    places = new Semaphore(config.recordings().maxDownloads());
  }

  /**
   * What writes that part; it takes its place when it begins.
   *
   * @throws org.framecast.problem.ProblemException with 503 here or there when there is none:
   *     nobody waits for a place
   */
  StreamingOutput of(RecordedFile file, ByteRange range) {
    if (places.availablePermits() == 0) {
      throw full().asException();
    }
    return out -> {
      if (!places.tryAcquire()) {
        throw full().asException();
      }
      try (FileChannel from = FileChannel.open(file.path(), StandardOpenOption.READ)) {
        send(from, range, Channels.newChannel(out));
      } finally {
        places.release();
      }
    };
  }

  private static void send(FileChannel from, ByteRange range, WritableByteChannel to)
      throws IOException {
    long end = range.start() + range.length();
    for (long at = range.start(); at < end; ) {
      long sent = from.transferTo(at, Math.min(STEP_BYTES, end - at), to);
      if (sent <= 0) {
        throw new IOException("the file is shorter than it was");
      }
      at += sent;
    }
  }

  private static Problem full() {
    return Problem.of(
            "too-many-downloads", 503, "Too many downloads", "As many as may be are under way.")
        .after(SOON);
  }
}
