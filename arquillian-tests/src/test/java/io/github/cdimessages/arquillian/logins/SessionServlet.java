package io.github.cdimessages.arquillian.logins;

import io.github.cdimessages.Identity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Keeps an HTTP session, and tells the name of the login in it. */
@WebServlet("/session")
public class SessionServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object login = request.getSession(true).getAttribute(Identity.AUTH_ID_ATTRIBUTE);
        response.getWriter()
                .print(request.getRemoteUser() + " " + request.getSession().getId() + " " + login);
    }
}
