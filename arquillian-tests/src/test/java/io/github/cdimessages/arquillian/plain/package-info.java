/** An application without beans of its own. */
package io.github.cdimessages.arquillian.plain;
