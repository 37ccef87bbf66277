package org.framecast.stream.compositor;

import org.framecast.stream.flow.Composition.Ground;
import org.framecast.stream.flow.Option;

/**
 * Options of the compositor.
 *
 * @param ground what lies below all visuals
 */
public record DefaultCompositorOptions(
    @Option(
            title = "Ground",
            description = "What lies below: the picture that passes, or black.",
            byDefault = "passing")
        Ground ground) {}
