/** What behaves as a part of GlassFish does, under a name as it has there. */
@NullMarked
package org.glassfish.concurro;

import org.jspecify.annotations.NullMarked;
