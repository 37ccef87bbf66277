package org.framecast.stream.flow;

/**
 * A kind of {@link Compositor}.
 *
 * @param <O> its options
 */
public interface CompositorProvider<O extends Record> extends ComponentProvider<Compositor, O> {}
