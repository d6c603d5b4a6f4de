package io.github.cdimessages;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Declares a class of messages and the name under which they travel between servers.
 *
 * <pre>{@code
 * @MessageType("order-placed")
 * public record OrderPlaced(long id, String customer) {}
 * }</pre>
 *
 * <p>A class that a listener or an observer names is known without it. A message never becomes a CDI bean: the
 * annotation is a stereotype only so that CDI shows the class to the library in every discovery mode.
 */
@Stereotype
@Documented
@Retention(RUNTIME)
@Target(TYPE)
public @interface MessageType {

    /**
     * The logical name; servers that exchange messages use the same.
     *
     * @return the name; empty stands for the class's binary name
     */
    String value() default "";
}
