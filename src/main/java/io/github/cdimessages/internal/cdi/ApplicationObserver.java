package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.Channel;
import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.ChannelListener;
import io.github.cdimessages.internal.bus.Described;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.EventContext;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An observer method of the application that hears a channel, or every channel: called by the library itself, so that
 * one that throws silences no other and an unqualified observer of a payload's type hears nothing.
 *
 * @param channel the channel's name; null for every channel
 * @param type what it observes: {@link ChannelEvent} or a payload's class
 * @param method the observer
 * @param description how to name it to people
 */
record ApplicationObserver(@Nullable String channel, Class<?> type, ObserverMethod<Object> method, String description)
        implements ChannelListener<Object>, Described {

    static ApplicationObserver of(ObserverMethod<?> method, @Nullable AnnotatedMethod<?> declared, Class<?> type) {
        String channel = null;
        for (Annotation qualifier : method.getObservedQualifiers()) {
            if (qualifier instanceof Channel named) {
                channel = named.value();
            }
        }
        String name = method.getBeanClass().getName()
                + (declared == null ? "" : "." + declared.getJavaMember().getName());
        return new ApplicationObserver(channel, type, untyped(method), "observer " + name);
    }

    @Override
    public void onMessage(Object message) {
        method.notify(new Notification(message, this));
    }

    @SuppressWarnings("unchecked") // it gets nothing but objects of the type it observes
    private static ObserverMethod<Object> untyped(ObserverMethod<?> method) {
        return (ObserverMethod<Object>) method;
    }

    private record Notification(Object event, ApplicationObserver observer)
            implements EventContext<Object>, EventMetadata {

        @Override
        public Object getEvent() {
            return event;
        }

        @Override
        public EventMetadata getMetadata() {
            return this;
        }

        @Override
        public Set<Annotation> getQualifiers() {
            return observer.method().getObservedQualifiers();
        }

        @Override
        public @Nullable InjectionPoint getInjectionPoint() {
            return null; // nobody fired it from an injected Event
        }

        @Override
        public Type getType() {
            return event.getClass();
        }
    }
}
