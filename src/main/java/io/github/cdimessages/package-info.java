/** Posting messages to named channels, and listening to them, on every server of an application. */
@NullMarked
package io.github.cdimessages;

import org.jspecify.annotations.NullMarked;
