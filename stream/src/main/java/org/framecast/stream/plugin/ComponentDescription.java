package org.framecast.stream.plugin;

import org.framecast.stream.flow.ComponentKind;

/** A kind of component, for whoever chooses. */
public record ComponentDescription(
    ComponentKind kind, String name, String title, String description, OptionSchema options) {}
