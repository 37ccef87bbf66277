/**
 * The kinds of sinks: files, HTTP Live Streaming, numbered pictures, a window. They encode and mux
 * by the ports of {@code codec}, each on the thread of its loop; the window's classes are loaded
 * only when one is opened.
 */
@NullMarked
package org.framecast.stream.sink;

import org.jspecify.annotations.NullMarked;
