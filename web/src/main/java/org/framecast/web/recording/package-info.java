/** The edge of recordings: begin, end, list, send the files, whole or in parts. */
@NullMarked
package org.framecast.web.recording;

import org.jspecify.annotations.NullMarked;
