/**
 * Streams that are encoded already: IVF files, and clips of one picture track and one sound track
 * that are loaded once and played in a loop without decoding.
 */
@NullMarked
package org.framecast.stream.source.clip;

import org.jspecify.annotations.NullMarked;
