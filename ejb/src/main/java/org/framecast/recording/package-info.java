/** Recordings: streams that are written to files, and the files of each owner. */
@NullMarked
package org.framecast.recording;

import org.jspecify.annotations.NullMarked;
