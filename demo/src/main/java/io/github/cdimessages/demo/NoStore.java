package io.github.cdimessages.demo;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets browsers keep no page: after a logout none is shown from there, and after a login not the form, which comes
 * under the address of the page that was asked for.
 */
@WebFilter(
        urlPatterns = {"/", "/index.html", "/admin.html", "/login.html"},
        dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.FORWARD})
public class NoStore extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Cache-Control", "no-store");
        chain.doFilter(request, response);
    }
}
