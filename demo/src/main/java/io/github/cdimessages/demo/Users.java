package io.github.cdimessages.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.FormAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.LoginToContinue;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
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

    public CredentialValidationResult validate(UsernamePasswordCredential given) {
        // one name however it is typed: a revocation names it too
        return GROUPS.keySet().stream()
                .filter(name -> name.equalsIgnoreCase(given.getCaller().strip()))
                .filter(name -> given.getPassword().compareTo(name.toLowerCase(Locale.ROOT)))
                .findAny()
                .map(name -> new CredentialValidationResult(name, GROUPS.get(name)))
                .orElse(CredentialValidationResult.INVALID_RESULT);
    }
}
