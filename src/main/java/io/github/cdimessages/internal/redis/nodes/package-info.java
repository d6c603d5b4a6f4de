/** Finds the Redis to connect to, alone, by its Sentinels or in a Cluster, and makes sure that it is the right one. */
@NullMarked
package io.github.cdimessages.internal.redis.nodes;

import org.jspecify.annotations.NullMarked;
