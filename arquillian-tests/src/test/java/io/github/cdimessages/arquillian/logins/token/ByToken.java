package io.github.cdimessages.arquillian.logins.token;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;

/** Each request brings a token. */
@ApplicationScoped
public class ByToken implements HttpAuthenticationMechanism {
    private static final String SCHEME = "Bearer ";

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        String header = request.getHeader("Authorization");
        return header == null || !header.startsWith(SCHEME)
                ? context.doNothing()
                : context.notifyContainerAboutLogin(new TokenUser(header.substring(SCHEME.length())), Set.of("person"));
    }
}
