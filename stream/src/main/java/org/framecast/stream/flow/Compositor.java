package org.framecast.stream.flow;

/**
 * Puts several pictures over each other: each at its place, in its order, as opaque as it is said
 * to be. As a step of a chain it composes onto the picture that passes.
 */
public interface Compositor extends Layer {}
