package io.github.cdimessages.demo;

import io.github.cdimessages.Identity;
import io.github.cdimessages.Messages;
import io.github.cdimessages.Revocation;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.security.Principal;

/** A page's own login: {@code GET api/login} says whose it is, or 401, and {@code DELETE} ends it. */
@Path("login")
@RequestScoped
public class LoginResource {
    @Inject
    Messages messages;

    /** Whose login it is; {@code admin} may revoke those of others. */
    public record Login(String name, boolean admin) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response whose(@Context HttpServletRequest request) {
        Principal user = request.getUserPrincipal();
        return user == null
                ? Response.status(Status.UNAUTHORIZED).build()
                : Response.ok(new Login(user.getName(), request.isUserInRole("admin")))
                        .build();
    }

    /** Ends this login alone, and what its other windows have open; not all servers do that by themselves. */
    @DELETE
    public void end(@Context HttpServletRequest request) throws ServletException {
        HttpSession session = request.getSession(false);
        if (request.getUserPrincipal() == null || session == null) {
            return;
        }
        String user = request.getUserPrincipal().getName();
        String login = (String) session.getAttribute(Identity.AUTH_ID_ATTRIBUTE);
        request.logout();
        session.invalidate();
        messages.revokeAuthentication(user, Revocation.authId(login));
    }
}
