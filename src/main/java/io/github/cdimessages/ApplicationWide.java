package io.github.cdimessages;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Chooses the {@link Messages} that lasts as long as the application; its listeners end on undeploy.
 *
 * <pre>{@code
 * @Inject @ApplicationWide Messages messages;
 * }</pre>
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({PARAMETER, FIELD, METHOD, TYPE})
public @interface ApplicationWide {

    /** An {@link ApplicationWide} made in code. */
    final class Literal extends AnnotationLiteral<ApplicationWide> implements ApplicationWide {
        private static final long serialVersionUID = 1L;

        /** The only one. */
        public static final Literal INSTANCE = new Literal();

        private Literal() {}
    }
}
