/** The rest of the application under test: every other way to be an endpoint, to stream, and to be slow. */
package io.github.cdimessages.arquillian.ways;
