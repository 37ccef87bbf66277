/**
 * The server's settings: every key once, with its unit, default and range, read at start into
 * checked records. Nobody else reads configuration.
 */
@NullMarked
package org.framecast.config;

import org.jspecify.annotations.NullMarked;
