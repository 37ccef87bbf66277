/**
 * Waits for the bodies of requests, in front of the servlet container: on the server's I/O threads,
 * so that a slow body holds no thread, within a time and within limits. What the application reads
 * has arrived. Knows Undertow, which nothing else does.
 */
@NullMarked
package org.framecast.web.body;

import org.jspecify.annotations.NullMarked;
