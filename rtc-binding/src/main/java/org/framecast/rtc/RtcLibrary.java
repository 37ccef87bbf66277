package org.framecast.rtc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.framecast.rtc.internal.CallbackTable;
import org.framecast.rtc.internal.LibraryProblem;
import org.framecast.rtc.internal.NativeRtc;
import org.jspecify.annotations.Nullable;

/**
 * The native WebRTC library, from the moment its threads start until they have ended. There is one
 * in a process, because the library's state is the process's.
 *
 * <p><b>Thread</b>: any, but {@link #close} never from a callback.
 *
 * <p><b>Ownership</b>: {@link #close} closes the peers that are still open, ends the native threads
 * and unbinds the functions. Stop what sends before.
 */
public final class RtcLibrary implements AutoCloseable {
  private static final AtomicReference<@Nullable RtcLibrary> OPEN = new AtomicReference<>();

  private final RtcOptions options;
  private final PeerRegistry registry = new PeerRegistry();
  private final CallGate gate = new CallGate();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final NativeRtc natives;

  private RtcLibrary(RtcOptions options) {
    this.options = options;
    this.natives =
        NativeRtc.open(options.library(), NativeLog.level(), options.workerThreads(), registry);
  }

  /**
   * Finds the library – the configured file, else {@code .binaries/} under the system property
   * {@code framecast.root} or under the working directory and its parents, else the system's –
   * checks its version and starts its threads.
   *
   * @throws RtcException with a message for the operator when there is none that can be used; with
   *     {@link RtcException.Code#ALREADY_OPEN} when one is open
   */
  public static RtcLibrary open(RtcOptions options) {
    synchronized (OPEN) {
      if (OPEN.get() != null) {
        throw new RtcException(
            RtcException.Code.ALREADY_OPEN, "The WebRTC library is open already");
      }
      try {
        RtcLibrary library = new RtcLibrary(options);
        OPEN.set(library);
        library.announce();
        return library;
      } catch (LibraryProblem problem) {
        throw new RtcException(code(problem.kind()), String.valueOf(problem.getMessage()), problem);
      }
    }
  }

  /** What is open and cannot be returned would stay open for ever. */
  private void announce() {
    try {
      RtcMessages.LOG.libraryOpened(version(), file());
    } catch (RuntimeException | Error failure) {
      try {
        close();
      } catch (RuntimeException more) {
        failure.addSuppressed(more);
      }
      throw failure;
    }
  }

  /** The version of the library, as in {@code 0.24.6}. */
  public String version() {
    return natives.version();
  }

  /** The file that was loaded. */
  public Path file() {
    return natives.file();
  }

  /** Peers that are open: 0 when everything was closed. */
  public int livePeers() {
    return registry.peerCount();
  }

  /** Tracks that are open. */
  public int liveTracks() {
    return registry.trackCount();
  }

  /**
   * Closes what is open and waits for the native threads to end.
   *
   * @throws RtcException with {@link RtcException.Code#CLEANUP_TIMEOUT} when they do not end before
   *     the deadline; the library's memory is then kept, and it stays unusable
   */
  @Override
  public void close() {
    CallbackScope.refuse("Closing the WebRTC library");
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    long startNanos = System.nanoTime();
    registry.peers().forEach(PeerConnection::close);
    Duration deadline = options.closeDeadline();
    boolean calm = gate.close(deadline);
    // Peers that another thread opened just now; nobody else can call any more.
    registry.peers().forEach(PeerConnection::delete);
    Duration left = deadline.minusNanos(System.nanoTime() - startNanos);
    if (!calm || !natives.close(options.threads(), left)) {
      RtcMessages.LOG.threadsDidNotEnd(deadline);
      throw new RtcException(
          RtcException.Code.CLEANUP_TIMEOUT,
          "The WebRTC library's threads did not end within " + deadline);
    }
    OPEN.compareAndSet(this, null);
  }

  CallbackTable callbacks() {
    return natives.callbacks();
  }

  PeerRegistry registry() {
    return registry;
  }

  CallGate gate() {
    return gate;
  }

  boolean isClosing() {
    return closing.get();
  }

  /** A call that returns a C result. */
  int call(String what, IntSupplier function) {
    return within(what, () -> NativeErrors.check(function.getAsInt(), what));
  }

  /** Any use of the native functions. */
  <T> T within(String what, Supplier<T> function) {
    if (!gate.enter()) {
      throw new RtcException(RtcException.Code.CLOSED, what + ": the WebRTC library is closed");
    }
    try {
      return function.get();
    } finally {
      gate.exit();
    }
  }

  private static RtcException.Code code(LibraryProblem.Kind kind) {
    return switch (kind) {
      case MISSING -> RtcException.Code.LIBRARY_MISSING;
      case UNUSABLE -> RtcException.Code.LIBRARY_UNUSABLE;
      case WRONG_VERSION -> RtcException.Code.LIBRARY_VERSION;
    };
  }
}
