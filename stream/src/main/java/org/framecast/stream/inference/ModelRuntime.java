package org.framecast.stream.inference;

import java.util.Set;

/**
 * Loads models. The implementation is found by {@code ServiceLoader}.
 *
 * <p><b>Thread:</b> any.
 */
public interface ModelRuntime {
  /** Name and version of the library behind it. */
  String version();

  /** Where models can run on this machine. */
  Set<ExecutionProvider> providers();

  /**
   * Checks the file against its manifest entry and loads it.
   *
   * <p><b>Ownership:</b> the caller closes the session.
   *
   * @throws org.framecast.stream.media.MediaException with MALFORMED when the bytes are not those
   *     of the manifest or not a model, with UNSUPPORTED when the model refers to other files,
   *     needs operators of somebody else, or none of the providers is there
   */
  ModelSession open(ModelFile model, SessionSettings settings);

  /** Native sessions, runs and tensors that are open now; 0 after everything is closed. */
  int liveNatives();
}
