/** An application without the library: it stays while others come and go on the same server. */
package io.github.cdimessages.arquillian.host;
