/**
 * Rendered scenes with known truth: pictures of simple objects whose positions are exact.
 *
 * <p>One renderer serves training, evaluation, tests, benchmarks and the demonstration stream, so
 * that all of them see the same kind of picture. What lives here draws with Java2D alone, needs
 * neither fonts nor a display, and gives the same bytes for the same seed.
 */
@NullMarked
package org.framecast.stream.source.scene;

import org.jspecify.annotations.NullMarked;
