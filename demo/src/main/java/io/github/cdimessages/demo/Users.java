package io.github.cdimessages.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.authentication.mechanism.http.FormAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.LoginToContinue;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Who may come in, by the login page: everybody here, with the own name in small letters as password. A store of yours
 * asks a database or a directory, as by {@code @DatabaseIdentityStoreDefinition}.
 */
@ApplicationScoped
@FormAuthenticationMechanismDefinition(
        loginToContinue = @LoginToContinue(loginPage = "/login.html", errorPage = "/login.html?again"))
public class Users implements IdentityStore {
    private static final Map<String, Set<String>> GROUPS =
            Map.of("Ada", Set.of(), "Bob", Set.of(), "Grace", Set.of("admin"));

    @Inject
    HttpServletRequest request;

    public CredentialValidationResult validate(UsernamePasswordCredential given) {
        // one name however it is typed: a revocation names it too
        return GROUPS.keySet().stream()
                .filter(name -> name.equalsIgnoreCase(given.getCaller().strip()))
                .filter(name -> given.getPassword().compareTo(name.toLowerCase(Locale.ROOT)))
                .findAny()
                .map(this::welcome)
                .orElse(CredentialValidationResult.INVALID_RESULT);
    }

    /** WildFly 39 lets a session keep the id that somebody else may have given it before the login. */
    private CredentialValidationResult welcome(String name) {
        if (request.getSession(false) != null) {
            request.changeSessionId();
        }
        return new CredentialValidationResult(name, GROUPS.get(name));
    }
}
