package io.github.cdimessages;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.context.NormalScope;
import java.lang.annotation.Documented;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Gives a bean one instance for each WebSocket session, destroyed when the session closes.
 *
 * <pre>{@code
 * @WebSocketSessionScoped
 * public class Cursor { … }
 * }</pre>
 *
 * <p>The scope is active in the callbacks of a WebSocket endpoint and in the listeners that they add; nowhere else.
 */
@NormalScope
@Inherited
@Documented
@Retention(RUNTIME)
@Target({TYPE, METHOD, FIELD})
public @interface WebSocketSessionScoped {}
