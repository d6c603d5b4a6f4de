package io.github.cdimessages.arquillian.app;

import jakarta.enterprise.context.RequestScoped;

/** One for each request, callback or call of a listener. */
@RequestScoped
public class OfRequest extends Identity {}
