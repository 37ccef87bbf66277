package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings leave so much of their disk free, here of one in memory that nobody else fills. */
@OwnServer
class DiskLimitIT {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long MOST = 32L << 20;

  @TempDir Path folder;

  @Test
  void recordingsEndAndNoneBeginsWhileTheDiskIsFull() throws IOException {
    Path disk = Files.createTempDirectory(MEMORY, "framecast-disk");
    long free = Files.getFileStore(disk).getUsableSpace();
    long margin = Math.min(free / 4, MOST);
    Path filler = disk.resolve("filler");
    try (DocumentServer server =
            DocumentServer.start(
                folder,
                "framecast.recordings.dir=" + disk,
                "framecast.recordings.min-free-bytes=" + (free - margin));
        StreamOwner owner = StreamOwner.open(server.http(), disk)) {
      String stream = owner.made(StreamOwner.COUNTER);
      String file = owner.record(stream).json().getString("file");
      owner.show(stream, it -> StreamOwner.items(it) > 25);
      fill(filler, 2 * margin);
      Api.Answer whole =
          owner.api().await(() -> owner.download(file), it -> it.status() == 200, StreamOwner.SOON);
      assertEquals(200, whole.status(), whole.text());
      assertTrue(Probe.of(owner.own(file)).pictures() > 5);
      Api.Answer refused = owner.record(stream);
      assertEquals(507, refused.status(), refused.text());
      assertEquals("disk-full", refused.problem());
      assertEquals("running", owner.show(stream).json().getString("state"));
      Files.delete(filler);
      assertEquals(201, owner.record(stream).status());
    } finally {
      delete(disk);
    }
  }

  private static void fill(Path file, long bytes) throws IOException {
    ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long written = 0; written < bytes; written += block.capacity()) {
        channel.write(block.clear());
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    try (var all = Files.walk(tree)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
