package io.github.cdimessages.arquillian.app;

import io.github.cdimessages.WebSocketSessionScoped;

/** One for each connection. */
@WebSocketSessionScoped
public class OfConnection extends Identity {}
