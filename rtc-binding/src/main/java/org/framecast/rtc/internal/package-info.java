/**
 * The raw mapping of libdatachannel's C API: where the library is found, how it is checked, its
 * functions, and the callbacks that lead from its threads into Java. Here, and nowhere else, live
 * JNA types and native addresses; nothing here knows the public API.
 */
@NullMarked
package org.framecast.rtc.internal;

import org.jspecify.annotations.NullMarked;
