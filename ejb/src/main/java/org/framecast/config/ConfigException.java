package org.framecast.config;

import java.util.List;

/** Settings that cannot be used: the server does not start with them. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> faults;

  ConfigException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  /** One sentence for each setting, which begins with its key. */
  public List<String> faults() {
    return faults;
  }
}
