/**
 * The engine: what happens between a post and a listener on one server. Plain Java; start at
 * {@link io.github.cdimessages.internal.bus.MessageBus}.
 */
@NullMarked
package io.github.cdimessages.internal.bus;

import org.jspecify.annotations.NullMarked;
