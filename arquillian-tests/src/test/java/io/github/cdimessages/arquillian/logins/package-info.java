/** An application whose users can be locked out. */
package io.github.cdimessages.arquillian.logins;
