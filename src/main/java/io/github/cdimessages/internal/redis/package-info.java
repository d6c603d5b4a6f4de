/**
 * The link to Redis: a publisher, a subscriber, what is recovered, and the singleton EJB that starts and stops them.
 */
@NullMarked
package io.github.cdimessages.internal.redis;

import org.jspecify.annotations.NullMarked;
