/** What an application does on virtual threads, and tells of them. */
package io.github.cdimessages.arquillian.virtual;
