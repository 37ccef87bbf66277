/**
 * The registry: which kinds of components there are, what options they have, and how a chain of
 * layers is built from names and options that came from outside.
 */
@NullMarked
package org.framecast.stream.plugin;

import org.jspecify.annotations.NullMarked;
