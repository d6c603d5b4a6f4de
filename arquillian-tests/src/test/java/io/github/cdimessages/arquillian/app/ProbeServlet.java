package io.github.cdimessages.arquillian.app;

import io.github.cdimessages.Messages;
import io.github.cdimessages.Reach;
import io.github.cdimessages.internal.bus.MessageBus;
import io.github.cdimessages.internal.websocket.SocketSessions;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets a test that runs outside of the server look into the library, and post. */
@WebServlet("/probe")
public class ProbeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Messages messages;

    @Inject
    transient MessageBus bus;

    @Inject
    transient SocketSessions sockets;

    @Inject
    transient Heard heard;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String channel = request.getParameter("channel");
        response.getWriter()
                .print(
                        switch (request.getParameter("of")) {
                            case "listeners" -> bus.listenerCount(channel);
                            case "channels" -> bus.channelCount();
                            case "sockets" -> sockets.count();
                            case "thread" -> threadThatStays();
                            case "heard" -> String.join(",", heard.in(channel));
                            default -> throw new IllegalArgumentException(request.getQueryString());
                        });
    }

    /** Posts the body as so many notes; answers where the last one went, or what came in its way. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String text = new String(request.getInputStream().readAllBytes(), request.getCharacterEncoding());
        try {
            for (int left = Integer.parseInt(request.getParameter("count")); left > 1; left--) {
                messages.postMessage(request.getParameter("channel"), new Note(text));
            }
            response.getWriter()
                    .print(messages.postMessage(
                                    request.getParameter("channel"),
                                    new Note(text),
                                    Reach.valueOf(request.getParameter("reach")))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS)
                            .reached());
        } catch (Exception e) {
            response.getWriter().print(e);
        }
    }

    /** A leak: no undeployment ends it. */
    private static String threadThatStays() {
        Thread thread = new Thread(
                () -> {
                    while (!Thread.interrupted()) {
                        LockSupport.park();
                    }
                },
                "messages-stay");
        thread.setDaemon(true);
        thread.start();
        return thread.getName();
    }
}
