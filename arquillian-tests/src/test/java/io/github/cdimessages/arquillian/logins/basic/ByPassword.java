package io.github.cdimessages.arquillian.logins.basic;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;

/** Each request brings a password. */
@ApplicationScoped
@BasicAuthenticationMechanismDefinition(realmName = "people")
public class ByPassword {}
