/** The composition root: puts the parts together inside a CDI container. It sees all others, and nobody sees it. */
@NullMarked
package io.github.cdimessages.internal.cdi;

import org.jspecify.annotations.NullMarked;
