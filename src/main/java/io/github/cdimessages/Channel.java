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
 * Lets a CDI observer hear a channel for the application's life.
 *
 * <pre>{@code
 * void onUpdate(@Observes @Channel("user_updates") UserUpdate update) { … }
 * }</pre>
 *
 * <p>An observer of {@link ChannelEvent} gets the envelope; without a {@code @Channel} it hears every channel.
 * Observers are called on a managed thread, each channel's messages in order. A channel that only observers name is
 * subscribed in Redis too.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({PARAMETER, FIELD, METHOD, TYPE})
public @interface Channel {

    /**
     * The channel's name.
     *
     * @return any text that is not blank
     */
    String value();

    /** A {@link Channel} made in code. */
    final class Literal extends AnnotationLiteral<Channel> implements Channel {
        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /**
         * Makes the annotation of a channel.
         *
         * @param value the channel's name
         * @return the annotation
         */
        public static Literal of(String value) {
            return new Literal(value);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
