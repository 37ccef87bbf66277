/**
 * The registry: which kinds of components there are, what options they have, and how a chain of
 * layers or a whole stream is built from names and options that came from outside, and where kinds
 * of third parties come from.
 */
@NullMarked
package org.framecast.stream.plugin;

import org.jspecify.annotations.NullMarked;
