package org.framecast.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Reads the settings from MicroProfile Config: system properties, environment, files. */
@ApplicationScoped
public class ConfigProducer {
  /** The settings, read when they are first asked for; a dependent value that never changes. */
  @Produces
  @Singleton
  ServerConfig serverConfig() {
    Config config = ConfigProvider.getConfig();
    Path serverData = Path.of(System.getProperty("jboss.server.data.dir", "data"));
    try {
      return ServerConfig.read(
          key -> config.getOptionalValue(key, String.class), serverData.resolve("framecast"));
    } catch (ConfigException e) {
      e.faults().forEach(ConfigMessages.LOG::unusable);
      throw e;
    }
  }
}
