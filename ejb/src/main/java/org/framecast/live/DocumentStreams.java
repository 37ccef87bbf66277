package org.framecast.live;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.framecast.auth.Secret;
import org.framecast.config.ServerConfig;
import org.framecast.problem.Problem;
import org.framecast.problem.ProblemException;
import org.framecast.session.Session;
import org.framecast.session.SessionEnded;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.plugin.ComponentChoice;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.DocumentException;
import org.framecast.stream.plugin.LayerChoice;
import org.framecast.stream.plugin.StreamAssembly;
import org.framecast.stream.plugin.StreamDocument;

/**
 * The streams that sessions made from documents. Each belongs to its session and ends with its
 * rights.
 *
 * <p><b>Thread:</b> any. Nothing is opened or closed under a lock.
 */
@Singleton
public class DocumentStreams {
  private static final int NAME_BYTES = 15;
  private static final String PATH_OPTION = "path";
  private static final List<String> OWN_SINKS = List.of(Recordable.RECORDING, Recordable.PREVIEW);

  private final ServerConfig.Documents limits;
  private final FileQuota quota;
  private final StreamAssembly assembly;
  private final DocumentStream.Making making;
  private final OwnedStreams<Session, DocumentStream> streams;

  @Inject
  DocumentStreams(
      StreamParts parts,
      ComponentRegistry registry,
      StreamContexts contexts,
      FileQuota quota,
      Executor work) {
    limits = parts.config().documents();
    streams = new OwnedStreams<>(limits.max(), limits.maxPerSession(), DocumentStream::owner);
    this.quota = quota;
    assembly = new StreamAssembly(registry);
    making = new DocumentStream.Making(parts, assembly, contexts, work);
  }

  /**
   * Makes a stream and starts it.
   *
   * @throws ProblemException with 400 for what is no JSON, with 422 that points to what is wrong in
   *     the document, with 403 for a kind that is refused here, with 429 when there are as many
   *     streams as may be, with 507 when there is no room for what its sinks write
   */
  public DocumentStream open(Session owner, String json) {
    StreamDocument document = checked(json);
    if (document.sinks().stream().anyMatch(sink -> writesFiles(sink.choice()))) {
      quota.require(owner);
    }
    streams.take(owner).ifPresent(DocumentStreams::tooMany);
    DocumentStream made = started(owner, document);
    streams.put(made.name(), made);
    LiveMessages.LOG.published(made.name(), "document");
    if (!owner.hasRights()) {
      // The end of its session came while it was made, and did not find it.
      streams.remove(made.name(), made);
      made.close();
    }
    return made;
  }

  private static void tooMany(OwnedStreams.Refusal refusal) {
    String detail =
        switch (refusal) {
          case OWNER_HAS_ALL -> "This session has as many streams as it may; delete one.";
          case ALL_TAKEN -> "The server has as many streams as it may.";
        };
    throw Problem.of("too-many-streams", 429, "Too many streams", detail).asException();
  }

  /** When it throws, the place is free again. */
  private DocumentStream started(Session owner, StreamDocument document) {
    String name = document.name() + "-" + Secret.random().hash().name(NAME_BYTES);
    try {
      return DocumentStream.start(name, owner, document, making);
    } catch (DocumentException e) {
      streams.giveBack(owner);
      throw invalid(e);
    } catch (RuntimeException | Error e) {
      streams.giveBack(owner);
      throw e;
    }
  }

  private StreamDocument checked(String json) {
    try {
      StreamDocument document = StreamDocument.parse(json);
      if (document.sinks().size() > limits.maxSinks()) {
        throw new DocumentException("/sinks", "must have at most " + limits.maxSinks() + " items");
      }
      refuseNames(document);
      refuseKinds(document);
      assembly.check(document);
      return document;
    } catch (DocumentException e) {
      throw invalid(e);
    }
  }

  /** Sinks of the server's own stand among those of the document. */
  private static void refuseNames(StreamDocument document) {
    for (int i = 0; i < document.sinks().size(); i++) {
      if (OWN_SINKS.contains(document.sinks().get(i).name())) {
        throw new DocumentException(
            "/sinks/" + i + "/name", "must be another than " + String.join(" and ", OWN_SINKS));
      }
    }
  }

  /** Kinds that write files say where by the option of this name; plug-ins are told to, too. */
  static boolean writesFiles(ComponentChoice sink) {
    return sink.options().get(PATH_OPTION) instanceof String path && !path.isBlank();
  }

  private void refuseKinds(StreamDocument document) {
    refuse(document.source().kind(), "/source/kind");
    for (int i = 0; i < document.sinks().size(); i++) {
      refuse(document.sinks().get(i).choice().kind(), "/sinks/" + i + "/kind");
    }
    document.compositor().ifPresent(choice -> refuse(choice.kind(), "/compositor/kind"));
    refuseLayers(document.layers(), "/layers/");
    refuseLayers(document.audioLayers(), "/audio_layers/");
  }

  private void refuseLayers(List<LayerChoice> layers, String pointer) {
    for (int i = 0; i < layers.size(); i++) {
      refuse(layers.get(i).name(), pointer + i + "/name");
    }
  }

  private void refuse(String kind, String pointer) {
    if (limits.refusedKinds().contains(kind)) {
      throw Problem.of(
              "kind-refused",
              403,
              "This kind may not be used here",
              "framecast.streams.refused-kinds names it.")
          .at(pointer)
          .asException();
    }
  }

  /**
   * The stream of that name.
   *
   * @throws ProblemException with 404 where there is none that the caller owns
   */
  DocumentStream require(Session caller, String name) {
    return find(name)
        .filter(stream -> stream.owner() == caller)
        .orElseThrow(() -> LiveProblems.streamUnknown().asException());
  }

  Optional<DocumentStream> find(String name) {
    return streams.find(name);
  }

  /** Those of one owner. */
  List<DocumentStream> of(Session owner) {
    return streams.of(owner);
  }

  /**
   * Sets other layers: {@code {"layers": […]}}; what is wrong changes nothing.
   *
   * @throws ProblemException with 409 where the stream has ended
   */
  public DocumentStream change(DocumentStream stream, String json) {
    stream.requireRunning();
    try {
      List<LayerChoice> layers = StreamDocument.parseLayers(json);
      refuseLayers(layers, "/layers/");
      synchronized (stream) {
        StreamDocument changed = stream.document().withLayers(layers);
        stream.change(changed, assembly.chain(changed, stream.context(making)));
      }
      return stream;
    } catch (DocumentException e) {
      throw invalid(e);
    }
  }

  /** Ends a stream, completes its sinks and forgets it. */
  public void delete(DocumentStream stream) {
    stream.close();
    streams.remove(stream.name(), stream);
  }

  /** Once a second: completes the files of owners that have as much as they may. */
  public void tick() {
    FileQuota.Round round = quota.round();
    for (DocumentStream stream : streams.all()) {
      if (stream.writesFiles() && round.isFull(stream.owner())) {
        stream.completeFiles();
      }
    }
  }

  void sessionEnded(@Observes SessionEnded event) {
    endAll(of(event.session()));
  }

  private void endAll(List<DocumentStream> ending) {
    Closing.each(
        ending,
        stream -> {
          streams.remove(stream.name(), stream);
          stream.close();
        });
  }

  /** Ends every stream. */
  public void endAll() {
    endAll(streams.all());
  }

  /** Streams that there are, ended ones too. */
  public int size() {
    return streams.size();
  }

  /** The words of a component about a file or a device are for the log, not for the caller. */
  private static ProblemException invalid(DocumentException fault) {
    if (fault.isUnreadable()) {
      return Problem.of("json-malformed", 400, "The body is no JSON object", fault.rule() + ".")
          .asException();
    }
    boolean said = fault.code() == MediaException.Code.OPTIONS;
    String rule = said ? fault.rule() : "cannot be opened here";
    return Problem.of("document-invalid", 422, "The document describes no stream", rule + ".")
        .at(fault.pointer())
        .asException();
  }

  /** Kinds that no document may name. */
  public Set<String> refusedKinds() {
    return limits.refusedKinds();
  }
}
