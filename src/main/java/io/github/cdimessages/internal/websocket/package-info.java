/** Binds messages and contexts to the WebSocket session whose callback runs. */
@NullMarked
package io.github.cdimessages.internal.websocket;

import org.jspecify.annotations.NullMarked;
