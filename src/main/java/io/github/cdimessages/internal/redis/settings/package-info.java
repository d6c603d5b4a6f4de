/** What is configured of Redis: where it is, how to get in, how long to wait, and what things are called there. */
@NullMarked
package io.github.cdimessages.internal.redis.settings;

import org.jspecify.annotations.NullMarked;
