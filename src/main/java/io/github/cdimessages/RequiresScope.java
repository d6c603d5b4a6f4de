package io.github.cdimessages;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that the sessions of a WebSocket endpoint rely on scopes, so that a revocation of one of them closes these.
 *
 * <pre>{@code
 * @ServerEndpoint("/news")
 * @RequiresScope("editor")
 * public class NewsEndpoint { … }
 * }</pre>
 *
 * <p>It lets nobody in or keeps nobody out; {@link jakarta.annotation.security.RolesAllowed} counts as well.
 *
 * @see Revocation#scopes
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresScope {

    /**
     * Names the scopes.
     *
     * @return the scopes or roles; a revocation of any of them closes the session
     */
    String[] value();
}
