package io.github.cdimessages.arquillian.ways;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** The only user of the application. */
@ApplicationScoped
@BasicAuthenticationMechanismDefinition(realmName = "posters")
public class Users implements IdentityStore {
    public CredentialValidationResult validate(UsernamePasswordCredential given) {
        return given.compareTo("alice", "wonderland")
                ? new CredentialValidationResult("alice", Set.of("poster"))
                : CredentialValidationResult.INVALID_RESULT;
    }
}
