package org.framecast.config;

/** A setting that cannot be used: the server does not start with it. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigException(ConfigKey key, String what) {
    super(key.key() + " (" + key.environmentName() + ") " + what);
  }
}
