package org.framecast.stream.flow;

/**
 * One kind of component that a stream can be built from. Providers are found by {@code
 * ServiceLoader} or registered by code.
 *
 * <p><b>Thread:</b> any.
 *
 * @param <T> what it creates
 * @param <O> its options, a record whose components carry {@link Option}
 */
public interface ComponentProvider<T, O extends Record> {
  /** Unique among its kind; lower case, words joined by a hyphen. */
  String name();

  /** A short label. */
  String title();

  /** One or two sentences for the one who chooses it. */
  String description();

  Class<O> optionsType();

  /**
   * Makes one with these options.
   *
   * @param context what the component may use
   * @throws org.framecast.stream.media.MediaException with code OPTIONS when something that it
   *     needs is missing
   */
  T create(O options, ComponentContext context);
}
