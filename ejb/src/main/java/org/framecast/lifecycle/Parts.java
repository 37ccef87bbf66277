package org.framecast.lifecycle;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ServiceLoader;
import java.util.concurrent.Executor;
import org.framecast.auth.PairingGate;
import org.framecast.config.ServerConfig;
import org.framecast.live.CountedCodecs;
import org.framecast.live.StreamParts;
import org.framecast.live.VideoCodecs;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.PluginFolder;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.WallClock;
import org.framecast.stream.webrtc.SenderPool;

/** Makes what has no annotation of its own: clocks, codecs, the pairing gate. */
@Singleton
public class Parts {
  @Resource private ManagedExecutorService executor;

  @Produces
  @Singleton
  @Typed(Executor.class)
  Executor work() {
    return executor;
  }

  @Produces
  @Singleton
  InstantSource wallClock() {
    return InstantSource.system();
  }

  @Produces
  @Singleton
  MediaClock mediaClock() {
    return MediaClock.system();
  }

  @Produces
  @Singleton
  WallClock rtcpClock() {
    return WallClock.system();
  }

  @Produces
  @Singleton
  StreamParts streamParts(
      ServerConfig config,
      MediaCodecs codecs,
      ServerThreads threads,
      MediaClock clock,
      WallClock wallClock,
      VideoCodecs video,
      SenderPool senders) {
    return new StreamParts(config, codecs, threads, clock, wallClock, video, senders);
  }

  /** Closed by the lifecycle, after the streams. */
  @Produces
  @Singleton
  SenderPool senders(ServerConfig config, ServerThreads threads) {
    int given = config.webRtc().sending().threads();
    return SenderPool.open(given == 0 ? SenderPool.defaultThreads() : given, threads);
  }

  /** Closed by the lifecycle, after the streams. */
  @Produces
  @Singleton
  PluginFolder plugins(ServerConfig config) {
    PluginFolder plugins =
        PluginFolder.open(
            config.folders().plugins().orElse(config.folders().data().resolve("plugins")),
            PluginFolder.class.getClassLoader());
    plugins.jars().forEach(jar -> LifecycleMessages.LOG.plugin(jar.toString()));
    return plugins;
  }

  @Produces
  @Singleton
  ComponentRegistry components(PluginFolder plugins) {
    return plugins.registry();
  }

  @Produces
  @Singleton
  PairingGate pairingGate(ServerConfig config, InstantSource clock) {
    return new PairingGate(config.pairing(), clock);
  }

  @Produces
  @Singleton
  @Typed(CountedCodecs.class)
  CountedCodecs codecs() {
    return new CountedCodecs(
        ServiceLoader.load(MediaCodecs.class, MediaCodecs.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no codecs are installed")));
  }

  @Produces
  @Singleton
  MediaCodecs mediaCodecs(CountedCodecs codecs) {
    return codecs;
  }
}
