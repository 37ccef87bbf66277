package org.framecast.session;

import java.time.Duration;
import org.framecast.auth.Secret;

/**
 * The two secrets of a session, as shown once to its owner.
 *
 * @param access opens everything but the exchange for a new pair
 * @param refresh is exchanged for a new pair, and nothing else
 */
public record TokenPair(Secret access, Secret refresh, Duration accessLife) {}
