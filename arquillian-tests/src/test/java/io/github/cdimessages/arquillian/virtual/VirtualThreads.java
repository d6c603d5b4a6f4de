package io.github.cdimessages.arquillian.virtual;

import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;

/**
 * Defines a managed executor of virtual threads. By an annotation, as GlassFish 8.0.0 does not know the descriptor's
 * element {@code virtual}; at a servlet, as servers look for it there.
 */
@WebServlet("/virtual")
@ManagedExecutorDefinition(name = VirtualThreads.NAME, virtual = true)
public class VirtualThreads extends HttpServlet {
    public static final String NAME = "java:app/concurrent/Virtual";
    private static final long serialVersionUID = 1L;
}
