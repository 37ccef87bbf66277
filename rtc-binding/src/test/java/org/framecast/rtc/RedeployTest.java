package org.framecast.rtc;

import static org.framecast.rtc.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server loads the binding anew at each deployment, and JNA once. */
@Timeout(180)
class RedeployTest {
  private static final int ROUNDS = 3;

  @Test
  void aClosedLibraryLetsGoOfItsClassLoaderAndMapsTheFileOnce() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    loaders.add(deployOnce());
    long mappings = mappings();
    for (int i = 1; i < ROUNDS; i++) {
      loaders.add(deployOnce());
    }
    // JNA drops what it knows of one deployment when the next registers its callbacks.
    eventually(
        "the class loaders are collected by the next deployment",
        () -> {
          System.gc();
          deployOnce();
          return loaders.stream().allMatch(it -> it.get() == null);
        });
    assertEquals(mappings, mappings());
    eventually("native threads end", () -> NativeThreads.names().isEmpty());
  }

  /** Without the class that writes its messages it cannot say that it is open. */
  @Test
  void whatCannotBeAnnouncedIsClosedAgain() {
    IntSupplier life =
        life(
            new DeploymentLoader(
                RedeployTest.class.getClassLoader(), RtcMessages.class.getName() + "_$logger"));
    assertThrows(ExceptionInInitializerError.class, life::getAsInt);
    eventually("native threads end", () -> NativeThreads.names().isEmpty());
    assertThrows(NoClassDefFoundError.class, life::getAsInt, "and it does not count as open");
    eventually("native threads end", () -> NativeThreads.names().isEmpty());
  }

  private static WeakReference<ClassLoader> deployOnce() {
    ClassLoader loader = new DeploymentLoader(RedeployTest.class.getClassLoader(), "");
    assertEquals(1, life(loader).getAsInt());
    return new WeakReference<>(loader);
  }

  private static IntSupplier life(ClassLoader loader) {
    try {
      Class<?> life = loader.loadClass(Life.class.getName());
      assertNotSame(Life.class, life);
      return (IntSupplier) life.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static long mappings() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.filter(it -> it.contains("libdatachannel")).count();
    }
  }

  /** What a deployment does, loaded by its own class loader. */
  public static final class Life implements IntSupplier {
    @Override
    public int getAsInt() {
      RtcLibrary library = RtcLibrary.open(RtcOptions.of(WithLibrary::thread));
      try {
        PeerConnection peer =
            PeerConnection.open(library, Loopback.configuration(), new RecordingPeer());
        peer.addTrack(
            Loopback.video("0", "sendonly", 1), TrackOptions.sending(), new RecordingTrack());
        peer.setLocalDescription(SdpType.OFFER);
        Loopback.gathered(peer);
        return library.livePeers();
      } finally {
        library.close();
      }
    }
  }

  /** Defines the binding itself, and asks its parent for the rest. */
  private static final class DeploymentLoader extends ClassLoader {
    private static final String OWN = "org.framecast.rtc.";

    private final String missing;

    /**
     * @param missing name of a class that is not there, if it is not empty
     */
    DeploymentLoader(ClassLoader parent, String missing) {
      super(parent);
      this.missing = missing;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(OWN)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      if (name.equals(missing)) {
        throw new ClassNotFoundException(name);
      }
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(file)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
