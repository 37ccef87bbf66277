package org.framecast.rtc;

import static org.framecast.rtc.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

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

  private static WeakReference<ClassLoader> deployOnce() {
    ClassLoader loader = new DeploymentLoader(RedeployTest.class.getClassLoader());
    try {
      Class<?> life = loader.loadClass(Life.class.getName());
      assertNotSame(Life.class, life);
      IntSupplier peersWhileOpen = (IntSupplier) life.getDeclaredConstructor().newInstance();
      assertEquals(1, peersWhileOpen.getAsInt());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    return new WeakReference<>(loader);
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

    DeploymentLoader(ClassLoader parent) {
      super(parent);
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
