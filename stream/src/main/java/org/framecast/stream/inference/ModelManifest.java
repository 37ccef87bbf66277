package org.framecast.stream.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.framecast.stream.json.JsonText;
import org.framecast.stream.media.MediaException;

/**
 * The list of the models in a folder: {@code manifest.json} with an array {@code models}, each with
 * {@code name}, {@code file}, {@code sha256}, {@code bytes}, {@code kind} and {@code labels}; other
 * members are for people.
 *
 * @param models in the order of the file
 */
public record ModelManifest(List<ModelFile> models) {
  private static final long MAX_BYTES = 1 << 20;

  public ModelManifest {
    models = List.copyOf(models);
  }

  /**
   * Reads the manifest of a folder.
   *
   * @throws MediaException with UNSUPPORTED when there is none, with MALFORMED when it is no
   *     manifest or names a file outside the folder
   */
  public static ModelManifest read(Path folder) {
    Path file = folder.resolve("manifest.json");
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new MediaException(MediaException.Code.SIZE_LIMIT, file + " is too long");
      }
      return parse(folder, Files.readString(file));
    } catch (IOException e) {
      throw new MediaException(MediaException.Code.UNSUPPORTED, "cannot read " + file, e);
    }
  }

  static ModelManifest parse(Path folder, String text) {
    try {
      Map<?, ?> root = (Map<?, ?>) JsonText.parse(text);
      List<?> models = (List<?>) member(root, "models");
      return new ModelManifest(models.stream().map(m -> model(folder, (Map<?, ?>) m)).toList());
    } catch (ClassCastException | IllegalArgumentException e) {
      throw new MediaException(
          MediaException.Code.MALFORMED, "the manifest in " + folder + " is wrong", e);
    }
  }

  /** The model of that name. */
  public Optional<ModelFile> find(String name) {
    return models.stream().filter(model -> model.name().equals(name)).findFirst();
  }

  private static ModelFile model(Path folder, Map<?, ?> entry) {
    Path home = folder.toAbsolutePath().normalize();
    Path path = home.resolve((String) member(entry, "file")).normalize();
    if (!path.startsWith(home)) {
      throw new IllegalArgumentException(path + " is outside " + home);
    }
    return new ModelFile(
        (String) member(entry, "name"),
        path,
        (String) member(entry, "sha256"),
        ((Number) member(entry, "bytes")).longValue(),
        (String) member(entry, "kind"),
        ((List<?>) member(entry, "labels")).stream().map(String.class::cast).toList());
  }

  private static Object member(Map<?, ?> entry, String name) {
    Object value = entry.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }
}
