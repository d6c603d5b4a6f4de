package io.github.cdimessages.arquillian.logins;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** Everybody whose password is the own name. */
@ApplicationScoped
public class People implements IdentityStore {
    public CredentialValidationResult validate(UsernamePasswordCredential given) {
        return given.getPasswordAsString().equals(given.getCaller())
                ? new CredentialValidationResult(given.getCaller(), Set.of("person"))
                : CredentialValidationResult.INVALID_RESULT;
    }
}
