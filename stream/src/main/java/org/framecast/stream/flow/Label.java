package org.framecast.stream.flow;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a page shows for a constant that an option may be, where the constant's word reads badly:
 * {@code SMPTE bars} for {@code smpte-bars}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Label {
  /** Its words. */
  String value();
}
