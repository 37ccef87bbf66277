/**
 * Tests of the assembled product: the real EAR on the provisioned server, real browsers, real
 * sockets, and the small clients that they need.
 */
@NullMarked
package org.framecast.product;

import org.jspecify.annotations.NullMarked;
