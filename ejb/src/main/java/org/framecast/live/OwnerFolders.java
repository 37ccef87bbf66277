package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.framecast.config.ServerConfig;
import org.framecast.session.Session;
import org.framecast.stream.flow.MediaFolders;

/**
 * Where a session's streams may read and write files: a folder for what it records, named as its
 * stream, and the configured folders to read from. Who opens a session with the same secret again
 * finds the same folder.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class OwnerFolders {
  private final ServerConfig.Folders folders;

  @Inject
  public OwnerFolders(ServerConfig config) {
    folders = config.folders();
  }

  /** The folder of all owners' folders, whether it is there or not. */
  public Path root() {
    return folders.recordings();
  }

  /** The owner's own folder, whether it is there or not. */
  public Path of(Session owner) {
    return root().resolve(owner.stream());
  }

  /** What its components may read; nothing is made. */
  MediaFolders readable(Session owner) {
    List<Path> readable = new ArrayList<>(folders.media());
    readable.add(of(owner));
    return new MediaFolders(readable, List.of());
  }

  /** What its components may read and write; its own folder is made. */
  public MediaFolders media(Session owner) {
    Path own = of(owner);
    try {
      Files.createDirectories(own);
    } catch (IOException e) {
      throw new UncheckedIOException("the recordings' folder cannot be made", e);
    }
    return new MediaFolders(readable(owner).readable(), List.of(own));
  }
}
