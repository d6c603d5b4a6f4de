/** One way to log in, of which the server knows nothing. */
package io.github.cdimessages.arquillian.logins.own;
