package io.github.cdimessages.arquillian.logins.own;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells who asks, and logs in whom it is told to. */
@WebServlet("/own")
public class OwnServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getParameter("login") != null) {
            request.getSession().setAttribute(ByItself.USER, request.getParameter("login"));
        }
        response.getWriter().print(request.getSession().getAttribute(ByItself.USER));
    }
}
