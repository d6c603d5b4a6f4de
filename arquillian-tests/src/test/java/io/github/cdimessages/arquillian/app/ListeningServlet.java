package io.github.cdimessages.arquillian.app;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Listens in a servlet's request. */
@WebServlet("/listening/servlet")
public class ListeningServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Conversation conversation;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(conversation.hearsItself(request.getParameter("channel")));
    }
}
