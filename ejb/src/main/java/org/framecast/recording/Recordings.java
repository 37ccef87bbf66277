package org.framecast.recording;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.framecast.config.ServerConfig;
import org.framecast.live.FileQuota;
import org.framecast.live.OwnMemorySink;
import org.framecast.live.OwnerFolders;
import org.framecast.live.Recordable;
import org.framecast.live.StreamDirectory;
import org.framecast.problem.ProblemException;
import org.framecast.session.Session;
import org.framecast.session.SessionEnded;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.pipeline.SinkStatistics;
import org.framecast.stream.plugin.ComponentChoice;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.StreamAssembly;
import org.framecast.viewer.ViewerProblems;

/**
 * Streams that are being recorded: a file sink more beside their viewers, one for each stream. A
 * stream of the server's own goes on while it is recorded, as while it is watched. What a recording
 * writes is complete when it is ended or its stream ends.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class Recordings {
  private static final String SINK = Recordable.RECORDING;
  private static final Duration END_LIMIT = Duration.ofSeconds(10);
  private static final Duration SHORT_LIMIT = Duration.ofSeconds(1);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final ServerConfig.Recordings limits;
  private final FileQuota quota;
  private final StreamDirectory streams;
  private final OwnerFolders folders;
  private final RecordingFiles files;
  private final StreamAssembly assembly;
  private final MediaCodecs codecs;
  private final InstantSource clock;
  private final RunningRecordings running = new RunningRecordings();

  /** One that is being made. */
  public record Running(
      Session owner,
      String stream,
      String file,
      Instant since,
      Recordable target,
      RunningRecordings.End end) {
    boolean writes() {
      return target.sinks().stream()
          .anyMatch(
              sink -> sink.name().equals(SINK) && sink.state() == SinkStatistics.State.RUNNING);
    }

    boolean hasTaken() {
      return target.sinks().stream().anyMatch(sink -> sink.name().equals(SINK) && sink.items() > 0);
    }
  }

  @Inject
  public Recordings(
      ServerConfig config,
      StreamDirectory streams,
      OwnerFolders folders,
      FileQuota quota,
      RecordingFiles files,
      ComponentRegistry registry,
      MediaCodecs codecs,
      InstantSource clock) {
    limits = config.recordings();
    this.streams = streams;
    this.folders = folders;
    this.quota = quota;
    this.files = files;
    assembly = new StreamAssembly(registry);
    this.codecs = codecs;
    this.clock = clock;
  }

  /**
   * Begins to record a stream that the caller may see.
   *
   * @throws ProblemException with 404 for a stream that is none of the caller's business, with 409
   *     when it does not run or is being recorded, with 429 or 507 when there is no room
   */
  public synchronized Running start(Session caller, String stream) {
    streams.requireVisible(stream, caller);
    Recordable target =
        streams
            .recordable(stream)
            .orElseThrow(() -> RecordingProblems.notRecordable().asException());
    forgetEnded();
    if (running.isRecorded(stream)) {
      throw RecordingProblems.already().asException();
    }
    if (running.size() >= limits.max()) {
      throw RecordingProblems.tooMany().asException();
    }
    if (files.list(caller).size() >= limits.maxFiles()) {
      throw RecordingProblems.tooManyFiles().asException();
    }
    quota.require(caller);
    RecordingContext context = RecordingContext.of(codecs, folders.media(caller));
    Instant now = clock.instant();
    String file = stream + "-" + STAMP.format(now) + ".mp4";
    add(target, context, file);
    Running begun = new Running(caller, stream, file, now, target, new RunningRecordings.End());
    running.begun(begun);
    if (!caller.hasRights()) {
      // The end of its session came meanwhile, and did not find it.
      running.end(begun, END_LIMIT);
      throw ViewerProblems.lost(caller).asException();
    }
    return begun;
  }

  private void add(Recordable target, RecordingContext context, String file) {
    StreamSink sink = new OwnMemorySink(sink(context, file), context.buffers());
    try {
      target.addSink(SINK, sink);
    } catch (IllegalStateException e) {
      throw RecordingProblems.notRecordable().asException();
    } catch (IllegalArgumentException e) {
      // One that ends at this moment is still being completed.
      throw RecordingProblems.already().asException();
    }
  }

  private StreamSink sink(RecordingContext context, String file) {
    boolean made = false;
    try {
      // Fragments are complete at every moment, and the slow are dropped: viewers wait for no disk.
      StreamSink sink =
          assembly.sink(
              new ComponentChoice(
                  "file", Map.of("path", file, "container", "fmp4", "whenBehind", "drop")),
              "",
              context);
      made = true;
      return sink;
    } finally {
      if (!made) {
        context.buffers().close();
      }
    }
  }

  /**
   * Ends a recording of the caller's; the file is complete when this returns.
   *
   * @throws ProblemException with 404 when there is none, with 409 when nothing came, with 500 when
   *     it could not be completed
   */
  public RecordedFile stop(Session caller, String stream) {
    Running recording =
        of(caller, stream).orElseThrow(() -> RecordingProblems.notRecording().asException());
    boolean empty = !recording.hasTaken();
    running.end(recording, END_LIMIT);
    return files.list(caller).stream()
        .filter(file -> file.name().equals(recording.file()))
        .findFirst()
        .orElseThrow(
            () ->
                (empty ? RecordingProblems.empty() : RecordingProblems.notComplete())
                    .asException());
  }

  /** The recording that the caller makes of a stream. */
  public Optional<Running> of(Session caller, String stream) {
    return running.of(stream).filter(it -> it.owner() == caller);
  }

  /** What the caller records now. */
  public List<Running> of(Session caller) {
    return running.all().stream().filter(it -> it.owner() == caller && it.writes()).toList();
  }

  /**
   * Once a second: forgets those whose streams have ended, and ends those of owners that have as
   * much as they may; all when the disk is full.
   */
  public void tick() {
    forgetEnded();
    FileQuota.Round round = quota.round();
    for (Running recording : running.all()) {
      if (round.isFull(recording.owner())) {
        RecordingMessages.LOG.full(recording.file());
        running.end(recording, END_LIMIT);
      }
    }
  }

  /** Who has no session records no stream, also not one of the server's own. */
  void sessionEnded(@Observes SessionEnded event) {
    for (Running recording : running.all()) {
      if (recording.owner() == event.session()) {
        running.end(recording, SHORT_LIMIT);
      }
    }
  }

  /** What failed by itself is still among the sinks of its stream, which works for it. */
  private synchronized void forgetEnded() {
    for (Running recording : running.all()) {
      if (!recording.writes()) {
        running.end(recording, SHORT_LIMIT);
      }
    }
  }
}
