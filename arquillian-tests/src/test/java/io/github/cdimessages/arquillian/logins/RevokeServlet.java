package io.github.cdimessages.arquillian.logins;

import io.github.cdimessages.Messages;
import io.github.cdimessages.Revocation;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Revokes what the request names, and tells how far that went. */
@WebServlet("/revoke")
public class RevokeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Messages messages;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            response.getWriter()
                    .print(messages.revokeAuthentication(request.getParameter("user"), what(request))
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS)
                            .reached());
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static Revocation what(HttpServletRequest request) {
        String id = request.getParameter("id");
        String scope = request.getParameter("scope");
        if (id != null) {
            return Revocation.authId(id);
        }
        return scope == null ? Revocation.user() : Revocation.scopes(scope);
    }
}
