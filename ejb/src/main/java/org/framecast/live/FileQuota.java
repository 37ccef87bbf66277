package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.framecast.config.ServerConfig;
import org.framecast.problem.Problem;
import org.framecast.session.Session;

/**
 * How much recordings and the sinks of documents may write: so much stays free on the disk, and
 * each owner has so many bytes and files at most.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class FileQuota {
  private final ServerConfig.Recordings limits;
  private final Path root;
  private final OwnerFolders folders;

  @Inject
  public FileQuota(ServerConfig config, OwnerFolders folders) {
    limits = config.recordings();
    root = config.folders().recordings();
    this.folders = folders;
  }

  /**
   * Asks before something is begun that writes.
   *
   * @throws org.framecast.problem.ProblemException with 507 when there is no room
   */
  public void require(Session owner) {
    refusal(owner)
        .ifPresent(
            problem -> {
              throw problem.asException();
            });
  }

  private Optional<Problem> refusal(Session owner) {
    if (isDiskFull()) {
      return Optional.of(LiveProblems.diskFull());
    }
    return use(folders.of(owner)).fills(limits)
        ? Optional.of(LiveProblems.ownerFull())
        : Optional.empty();
  }

  /** Asks for several who write; each owner's folder is looked at once. */
  public Round round() {
    return new Round();
  }

  /** What was found at one time. */
  public final class Round {
    private final Map<String, Boolean> full = new HashMap<>();

    private Round() {}

    /** Whether what this owner writes has to end. */
    public boolean isFull(Session owner) {
      return full.computeIfAbsent(owner.stream(), name -> refusal(owner).isPresent());
    }
  }

  private boolean isDiskFull() {
    Path there = root.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return isBelow(Files.getFileStore(there).getUsableSpace());
    } catch (IOException e) {
      throw new UncheckedIOException("the recordings' disk cannot be asked", e);
    }
  }

  /** Whether so much is less than what has to stay free. */
  boolean isBelow(long freeBytes) {
    return freeBytes < limits.minFreeBytes();
  }

  /** What a folder holds. */
  record Use(long bytes, long files) {
    boolean fills(ServerConfig.Recordings limits) {
      return bytes >= limits.maxOwnerBytes() || files >= limits.maxOwnerFiles();
    }
  }

  /** Looks at a folder and what is below it; when it is full, not at all of it. */
  Use use(Path folder) {
    if (!Files.isDirectory(folder)) {
      return new Use(0, 0);
    }
    Count count = new Count();
    try {
      Files.walkFileTree(folder, count);
    } catch (IOException e) {
      throw new UncheckedIOException("the recordings cannot be counted", e);
    }
    return count.use;
  }

  private final class Count extends SimpleFileVisitor<Path> {
    private Use use = new Use(0, 0);

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
      use = new Use(use.bytes() + facts.size(), use.files() + 1);
      return use.fills(limits) ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    /** It was renamed or deleted meanwhile. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
      return FileVisitResult.CONTINUE;
    }
  }
}
