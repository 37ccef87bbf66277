package org.framecast.stream.command;

import java.io.PrintStream;
import java.util.Locale;
import org.framecast.stream.flow.ComponentKind;
import org.framecast.stream.plugin.ComponentDescription;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.OptionProperty;

/** Prints what there is to build streams from. */
final class ComponentList {
  private final PrintStream out;

  ComponentList(PrintStream out) {
    this.out = out;
  }

  void print(ComponentRegistry registry) {
    for (ComponentKind kind : ComponentKind.values()) {
      out.println(kind.word().toUpperCase(Locale.ROOT) + "S");
      registry.describe(kind).forEach(this::print);
      out.println();
    }
  }

  private void print(ComponentDescription component) {
    out.println("  " + component.name() + " – " + component.description());
    component.options().properties().forEach(this::print);
  }

  private void print(OptionProperty option) {
    String unit = option.heading().unit();
    out.println(
        "    "
            + option.name()
            + ": "
            + option.rule()
            + (unit.isEmpty() ? "" : " " + unit)
            + "; by default "
            + shown(option.defaultValue()));
  }

  private static String shown(Object value) {
    return value instanceof String text && text.isEmpty() ? "empty" : value.toString();
  }
}
