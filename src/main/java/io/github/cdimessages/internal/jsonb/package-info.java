/** Writes and reads messages with JSON-B. */
@NullMarked
package io.github.cdimessages.internal.jsonb;

import org.jspecify.annotations.NullMarked;
