package org.framecast.stream.flow;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one component of an options record: what a page shows, what the server checks.
 *
 * <p>The type of the component decides the JSON type: {@code int}, {@code double}, {@code boolean},
 * {@code String} or an enum.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {
  /** A short label. */
  String title();

  /** One sentence. */
  String description() default "";

  /** The value when nothing is said, as text. */
  String byDefault();

  /** Smallest number. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest number; of text the largest length, 200 unless said and 4096 at most. */
  double max() default Double.POSITIVE_INFINITY;

  /** Distance between the numbers that a slider offers; 0 for any. */
  double step() default 0;

  /** Unit as a page shows it. */
  String unit() default "";

  /** Whether a text lists names of classes that the model knows, separated by commas. */
  boolean classes() default false;
}
