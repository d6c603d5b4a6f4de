/** One way to log in. */
package io.github.cdimessages.arquillian.logins.form;
