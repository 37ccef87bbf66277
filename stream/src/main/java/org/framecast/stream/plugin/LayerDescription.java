package org.framecast.stream.plugin;

import java.util.Set;
import org.framecast.stream.flow.LayerProvider;

/** A kind of layer, for whoever chooses. */
public record LayerDescription(
    String name,
    String title,
    String description,
    Set<LayerProvider.Need> needs,
    OptionSchema options) {
  public LayerDescription {
    needs = Set.copyOf(needs);
  }
}
