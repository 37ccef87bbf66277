package org.framecast.stream.inference;

import java.nio.file.Path;
import java.util.ServiceLoader;

/** The detector that ships with the product, for tests. */
public final class ShippedModel {
  private ShippedModel() {}

  /** The folder with the manifest. */
  public static Path folder() {
    return Path.of(System.getProperty("framecast.root", ".."), "models");
  }

  /** The manifest's detector. */
  public static ModelFile file() {
    return ModelManifest.read(folder()).find("detector-320").orElseThrow();
  }

  /** The runtime as the product finds it. */
  public static ModelRuntime runtime() {
    return ServiceLoader.load(ModelRuntime.class).findFirst().orElseThrow();
  }

  /** Opens the detector. */
  public static Detector open(int runs) {
    return Detector.of(runtime().open(file(), SessionSettings.cpu(runs)));
  }
}
