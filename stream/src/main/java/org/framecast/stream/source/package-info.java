/**
 * Where frames and sound come from. Each kind of source has its class, or its package when it needs
 * more than one.
 */
@NullMarked
package org.framecast.stream.source;

import org.jspecify.annotations.NullMarked;
