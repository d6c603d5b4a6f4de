/** An application that fails while it is being deployed. */
package io.github.cdimessages.arquillian.failing;
