package org.framecast.stream.source.clip;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where an IVF file comes from.
 *
 * <p><b>Thread:</b> one reads; closing from another wakes it.
 */
public interface IvfInput extends AutoCloseable {
  /** Reads some bytes; -1 at the end. */
  int read(ByteBuffer target) throws IOException;

  /**
   * The end was reached behind a whole frame.
   *
   * @throws IOException when whoever wrote says that it failed all the same
   */
  default void finished() throws IOException, InterruptedException {}

  /** Idempotent. */
  @Override
  void close();

  /** Opens files and processes. */
  @FunctionalInterface
  interface Opener {
    /** May wait for a writer. */
    IvfInput open() throws IOException, InterruptedException;

    /** Wakes who waits in {@link #open}, and makes it return. */
    default AutoCloseable wake() throws IOException {
      return () -> {};
    }
  }

  /** A file, or a FIFO whose writer may come later. */
  static Opener ofPath(Path path) {
    return new Opener() {
      @Override
      public IvfInput open() throws IOException {
        return new OfChannel(FileChannel.open(path, StandardOpenOption.READ));
      }

      /** On Linux a FIFO that is opened for both never waits, and is the writer that is awaited. */
      @Override
      public AutoCloseable wake() throws IOException {
        return Files.isRegularFile(path) || !Files.exists(path)
            ? () -> {}
            : FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      }
    };
  }

  /**
   * The standard output of a process that is started for it, with nothing on its standard input. It
   * is ended with the input.
   *
   * @param command program and arguments, as the operator configured them; no shell reads them
   */
  static Opener ofCommand(List<String> command) {
    List<String> words = List.copyOf(command);
    return () ->
        new OfProcess(
            new ProcessBuilder(words)
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
  }

  /** Bytes of a channel. */
  record OfChannel(ReadableByteChannel channel) implements IvfInput {
    @Override
    public int read(ByteBuffer target) throws IOException {
      return channel.read(target);
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Bytes that a process writes. */
  record OfProcess(Process process, ReadableByteChannel output) implements IvfInput {
    private static final long GRACE_MILLIS = 500;

    OfProcess(Process process) {
      this(process, Channels.newChannel(process.getInputStream()));
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      return output.read(target);
    }

    @Override
    public void finished() throws IOException, InterruptedException {
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException("the process ended with status " + status);
      }
    }

    /** A process that does not end when it is asked to is ended. */
    @Override
    public void close() {
      process.destroy();
      boolean interrupted = Thread.interrupted();
      try {
        if (!process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        interrupted = true;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
