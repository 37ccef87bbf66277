package org.framecast.stream.source;

import java.nio.file.Path;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.MediaReaderSettings;
import org.framecast.stream.codec.MediaReaderSettings.Tracks;
import org.framecast.stream.codec.ReaderLimits;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.MediaFolders;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.flow.SourceProvider;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.time.MediaClock;

/**
 * Makes {@link FileSource}s, of files in the {@link MediaFolders} of the context alone, within its
 * {@link ReaderLimits}, if it has some.
 */
public final class FileSourceProvider implements SourceProvider<FileOptions> {
  static final String NAME = "file";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "File";
  }

  @Override
  public String description() {
    return "Plays a media file: mp4, mov, mkv, webm, avi, ts or ivf; m4a, ogg or wav for sound.";
  }

  @Override
  public Class<FileOptions> optionsType() {
    return FileOptions.class;
  }

  @Override
  public FileSource create(FileOptions options, ComponentContext context) {
    if (options.path().isBlank()) {
      throw new OptionException("path", "must name a file");
    }
    MediaFolders folders =
        context.find(MediaFolders.class).orElseThrow(() -> missing("folder to read from"));
    Path file = readable(options.path(), folders);
    MediaReaderSettings settings =
        new MediaReaderSettings(
            file,
            NAME,
            options.audio() ? Tracks.PICTURES_AND_SOUND : Tracks.PICTURES,
            context.find(ReaderLimits.class).orElse(ReaderLimits.DEFAULT));
    FramePool frames = context.find(FramePool.class).orElseThrow(() -> missing("pool of frames"));
    BufferPool buffers =
        context.find(BufferPool.class).orElseThrow(() -> missing("pool of buffers"));
    MediaCodecs codecs = context.find(MediaCodecs.class).orElseThrow(() -> missing("codecs"));
    MediaClock clock = context.find(MediaClock.class).orElseGet(MediaClock::system);
    return new FileSource(codecs.openReader(settings, frames, buffers), options, clock);
  }

  private static Path readable(String path, MediaFolders folders) {
    try {
      return folders.readable(path);
    } catch (MediaException e) {
      throw new OptionException("path", "must name a file: " + e.getMessage());
    }
  }

  private static MediaException missing(String what) {
    return new MediaException(MediaException.Code.UNSUPPORTED, "there is no " + what + " here");
  }
}
