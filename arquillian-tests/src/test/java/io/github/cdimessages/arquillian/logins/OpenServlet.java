package io.github.cdimessages.arquillian.logins;

import io.github.cdimessages.internal.websocket.SocketSessions;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells how many sockets are open. */
@WebServlet("/open")
public class OpenServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient SocketSessions sockets;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(sockets.count());
    }
}
