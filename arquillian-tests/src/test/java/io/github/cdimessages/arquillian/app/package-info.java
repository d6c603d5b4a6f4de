/** The application under test, as users write it: it knows the API alone, but for {@link ProbeServlet}. */
package io.github.cdimessages.arquillian.app;
