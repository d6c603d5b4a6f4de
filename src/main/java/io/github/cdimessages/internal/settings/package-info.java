/** Reads the configuration: each property once, with its default and its bounds. */
@NullMarked
package io.github.cdimessages.internal.settings;

import org.jspecify.annotations.NullMarked;
