/**
 * The transport port on libdatachannel. The only user of {@code org.framecast.rtc}; found by {@code
 * ServiceLoader}.
 */
@NullMarked
package org.framecast.stream.transport.datachannel;

import org.jspecify.annotations.NullMarked;
