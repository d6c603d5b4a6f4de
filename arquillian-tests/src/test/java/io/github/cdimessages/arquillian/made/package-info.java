/**
 * Endpoints that a server makes by CDI or not, well made and badly made. Each says at its opening what became of it.
 */
package io.github.cdimessages.arquillian.made;
