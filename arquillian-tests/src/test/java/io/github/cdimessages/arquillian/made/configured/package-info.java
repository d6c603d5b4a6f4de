/** Endpoints that an application makes by itself. */
package io.github.cdimessages.arquillian.made.configured;
