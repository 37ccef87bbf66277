package org.framecast.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.framecast.config.ServerConfig;
import org.framecast.stream.inference.Detector;
import org.framecast.stream.inference.ModelFile;
import org.framecast.stream.inference.ModelManifest;
import org.framecast.stream.inference.ModelRuntime;
import org.framecast.stream.inference.SessionSettings;
import org.framecast.stream.media.MediaException;

/** Loads the detector that the configuration names from the operator's folder. */
public final class DetectorLoader {
  private DetectorLoader() {}

  /**
   * The detector, or nothing when there is no folder or no detector in it.
   *
   * <p><b>Ownership:</b> the caller closes it, after all streams.
   *
   * @param maxRuns how many workers may use it at a time
   * @throws MediaException when the named model is missing or cannot be loaded
   */
  public static Optional<Detector> load(ServerConfig.Folders folders, int maxRuns) {
    Optional<Path> folder = folders.models();
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    List<ModelFile> detectors =
        ModelManifest.read(folder.get()).models().stream()
            .filter(model -> model.kind().equals(ModelFile.DETECTOR))
            .filter(model -> folders.detector().map(model.name()::equals).orElse(true))
            .toList();
    if (detectors.isEmpty() && folders.detector().isPresent()) {
      throw new MediaException(
          MediaException.Code.UNSUPPORTED,
          "no detector " + folders.detector().get() + " in " + folder.get());
    }
    return detectors.stream()
        .findFirst()
        .map(model -> Detector.of(runtime().open(model, SessionSettings.cpu(maxRuns))));
  }

  private static ModelRuntime runtime() {
    return ServiceLoader.load(ModelRuntime.class, ModelRuntime.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new MediaException(
                    MediaException.Code.UNSUPPORTED, "no runtime for models is installed"));
  }
}
