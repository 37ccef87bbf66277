/**
 * The program {@code bin/framecast}: runs a stream from a document without a server. It alone in
 * the library prints, reads signals and makes the threads that the other packages are given.
 */
@NullMarked
package org.framecast.stream.command;

import org.jspecify.annotations.NullMarked;
