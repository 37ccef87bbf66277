package org.framecast.stream.flow;

/**
 * A kind of {@link StreamSource}.
 *
 * @param <O> its options
 */
public interface SourceProvider<O extends Record> extends ComponentProvider<StreamSource, O> {}
