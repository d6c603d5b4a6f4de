/** What counts, in the server itself, what applications have left there. */
package io.github.cdimessages.arquillian.leftovers;
