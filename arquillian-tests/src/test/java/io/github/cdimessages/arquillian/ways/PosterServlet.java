package io.github.cdimessages.arquillian.ways;

import io.github.cdimessages.Messages;
import io.github.cdimessages.arquillian.app.Note;
import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tells what is around the request of an authenticated user, a task that it submits, and a listener that it calls. */
@WebServlet("/poster")
@DeclareRoles("poster")
@ServletSecurity(@HttpConstraint(rolesAllowed = "poster"))
@ManagedExecutorDefinition(name = PosterServlet.EXECUTOR, maxAsync = 8)
public class PosterServlet extends HttpServlet {
    public static final String EXECUTOR = "java:app/concurrent/MessagesExecutor";
    private static final long serialVersionUID = 1L;

    @Inject
    transient Messages messages;

    @Inject
    transient Surroundings surroundings;

    @Resource(lookup = EXECUTOR)
    transient ManagedExecutorService executor;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String channel = "surroundings-" + UUID.randomUUID();
        CompletableFuture<Map<String, String>> heard = new CompletableFuture<>();
        messages.addListener(channel, Note.class, note -> heard.complete(surroundings.here()));
        messages.postMessage(channel, new Note("hello"));
        try {
            response.getWriter()
                    .print("request " + surroundings.here()
                            + "\ntask " + executor.submit(surroundings::here).get(20, TimeUnit.SECONDS)
                            + "\nlistener " + heard.get(20, TimeUnit.SECONDS));
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
