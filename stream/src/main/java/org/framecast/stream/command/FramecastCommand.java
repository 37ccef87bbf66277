package org.framecast.stream.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.plugin.DocumentException;
import org.framecast.stream.plugin.PluginFolder;
import org.framecast.stream.plugin.StreamDocument;
import org.jspecify.annotations.Nullable;

/**
 * The commands of {@code bin/framecast}.
 *
 * <p><b>Thread:</b> one.
 */
final class FramecastCommand {
  /** The command did what it was asked. */
  static final int DONE = 0;

  /** The stream failed, or could not be opened. */
  static final int FAILED = 1;

  /** The arguments or the document are wrong. */
  static final int WRONG = 2;

  private static final String USAGE =
      """
      usage: bin/framecast run DOCUMENT [options]
             bin/framecast components [options]
             bin/framecast examples

      run          runs the stream that a JSON document describes until its source ends; Ctrl-C
                   ends it before, and completes what its sinks write
      components   lists the sources, layers, compositors and sinks, with their options
      examples     lists documents that run, one for each kind

        --plugins FOLDER   adds the kinds of the jars in FOLDER
        --models FOLDER    a folder with manifest.json, whose detector the layers use
        --image FILE       a picture file that the layers picture and image use
        --folder FOLDER    where relative paths of documents lie, made where it is not there; the
                           folder of this shell unless said, .run/examples for the examples of
                           this clone
        --beside FILE      a document whose pictures the layer picture-in-picture shows, under the
                           document's name; its sinks are not used
        --quiet            no progress, only faults
        --help             this text

      A document names a source, and layers and sinks as wanted:

        {"source": {"kind": "…", "options": {…}},
         "layers": [{"name": "…", "options": {…}}],
         "sinks": [{"kind": "…", "options": {…}}]}

      Exit status: 0 when the stream ended well, 1 when it failed, 2 when the arguments or the
      document are wrong, 130 after Ctrl-C.
      """;

  private final PrintStream out;
  private final PrintStream err;
  private final Progress.Style style;

  /**
   * @param out for what was asked for
   * @param err for progress and faults
   */
  FramecastCommand(PrintStream out, PrintStream err, Progress.Style style) {
    this.out = out;
    this.err = err;
    this.style = style;
  }

  /** Runs the command of these arguments; its exit status. */
  int run(List<String> arguments) {
    try {
      Arguments given = Arguments.parse(arguments);
      return switch (given.command()) {
        case "help" -> {
          out.print(USAGE);
          yield DONE;
        }
        case "run" -> runStream(given);
        case "components" -> list(given);
        default -> throw new UsageException("there is no command " + given.command());
      };
    } catch (UsageException e) {
      err.print(USAGE);
      return fault(WRONG, e.getMessage());
    } catch (AbsentException e) {
      return fault(WRONG, e.getMessage());
    } catch (DocumentException e) {
      boolean wrong = e.isUnreadable() || e.code() == MediaException.Code.OPTIONS;
      return fault(wrong ? WRONG : FAILED, e.getMessage());
    } catch (MediaException e) {
      return fault(FAILED, e.getMessage());
    }
  }

  private int fault(int status, @Nullable String what) {
    err.println("error: " + what);
    return status;
  }

  private int list(Arguments given) {
    given.noFile();
    try (PluginFolder plugins = given.openPlugins()) {
      new ComponentList(out).print(plugins.registry());
      return DONE;
    }
  }

  private int runStream(Arguments given) {
    Path file = Path.of(given.file());
    StreamDocument document = StreamDocument.parse(read(file));
    Optional<StreamDocument> beside =
        given.beside().map(other -> StreamDocument.parse(read(other)));
    Progress progress = new Progress(err, given.quiet() ? Progress.Style.NONE : style);
    try (PluginFolder plugins = given.openPlugins();
        Workbench bench = Workbench.open(given.settings(), progress::announce)) {
      int status = new StreamRun(plugins.registry(), bench, progress).run(document, beside);
      given
          .folder()
          .filter(FramecastCommand::holdsFiles)
          .ifPresent(folder -> progress.remark("files are in " + folder));
      return status;
    }
  }

  private static boolean holdsFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > 4L * StreamDocument.MAX_CHARACTERS) {
        throw new AbsentException(file + " is too long for a document");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new AbsentException("there is no document " + file + " that can be read");
    }
  }

  /** What was typed. */
  private record Arguments(
      String command,
      List<String> files,
      Optional<Path> plugins,
      Optional<Path> models,
      Optional<Path> image,
      Optional<Path> folder,
      Optional<Path> beside,
      Talk talk) {
    private enum Talk {
      PROGRESS,
      QUIET
    }

    static Arguments parse(List<String> words) {
      List<String> plain = new ArrayList<>();
      Optional<Path> plugins = Optional.empty();
      Optional<Path> models = Optional.empty();
      Optional<Path> image = Optional.empty();
      Optional<Path> folder = Optional.empty();
      Optional<Path> beside = Optional.empty();
      Talk talk = Talk.PROGRESS;
      for (int i = 0; i < words.size(); i++) {
        switch (words.get(i)) {
          case "--help", "-h" -> {
            return new Arguments("help", List.of(), plugins, models, image, folder, beside, talk);
          }
          case "--quiet" -> talk = Talk.QUIET;
          case "--plugins" -> plugins = Optional.of(folder(words, ++i));
          case "--models" -> models = Optional.of(folder(words, ++i));
          case "--image" -> image = Optional.of(file(words, ++i));
          case "--folder" -> folder = Optional.of(made(words, ++i));
          case "--beside" -> beside = Optional.of(file(words, ++i));
          case String word when word.startsWith("-") ->
              throw new UsageException("unknown option " + word);
          case String word -> plain.add(word);
        }
      }
      if (plain.isEmpty()) {
        throw new UsageException("a command is missing");
      }
      List<String> files = plain.subList(1, plain.size());
      return new Arguments(plain.getFirst(), files, plugins, models, image, folder, beside, talk);
    }

    private static Path file(List<String> words, int at) {
      if (at == words.size()) {
        throw new UsageException(words.get(at - 1) + " needs a file");
      }
      return Path.of(words.get(at));
    }

    private static Path folder(List<String> words, int at) {
      if (at == words.size()) {
        throw new UsageException(words.get(at - 1) + " needs a folder");
      }
      Path folder = Path.of(words.get(at));
      if (!Files.isDirectory(folder)) {
        throw new AbsentException(words.get(at - 1) + " " + folder + " is no folder");
      }
      return folder;
    }

    private static Path made(List<String> words, int at) {
      if (at == words.size()) {
        throw new UsageException(words.get(at - 1) + " needs a folder");
      }
      try {
        return Files.createDirectories(Path.of(words.get(at)));
      } catch (IOException e) {
        throw new AbsentException(
            words.get(at - 1) + " " + words.get(at) + " is no folder and cannot be made");
      }
    }

    Workbench.Settings settings() {
      return new Workbench.Settings(folder.orElse(Path.of("")), models, image);
    }

    boolean quiet() {
      return talk == Talk.QUIET;
    }

    String file() {
      if (files.size() != 1) {
        throw new UsageException("run needs one document");
      }
      return files.getFirst();
    }

    void noFile() {
      if (!files.isEmpty()) {
        throw new UsageException(command + " takes no file");
      }
    }

    PluginFolder openPlugins() {
      // Without a folder it has no jars, and the library's kinds alone.
      return PluginFolder.open(
          plugins.orElse(Path.of("no-plugins")), FramecastCommand.class.getClassLoader());
    }
  }

  /** What was typed is right, and names something that is not there. */
  private static final class AbsentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AbsentException(String what) {
      super(what);
    }
  }

  /** Something was typed that cannot be done. */
  private static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String what) {
      super(what);
    }
  }
}
