package io.github.cdimessages.internal.cdi;

import io.github.cdimessages.Channel;
import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.internal.bus.ChannelName;
import io.github.cdimessages.internal.bus.MessageTypes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.EventMetadata;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The application's observers as they are found at deployment, and what is wrong with them. */
final class DeclaredObservers {
    private final MessageTypes types;

    // Mutable state: used by the deploying thread alone until the deployment is done, then only read
    private final List<ApplicationObserver> found = new ArrayList<>();
    private final List<Throwable> problems = new ArrayList<>();

    DeclaredObservers(MessageTypes types) {
        this.types = types;
    }

    void consider(ProcessObserverMethod<?, ?> process) {
        ObserverMethod<?> method = process.getObserverMethod();
        Type type = method.getObservedType();
        if (wouldHearArrivals(type)
                && method.getObservedQualifiers().stream().noneMatch(DeclaredObservers::isChannel)) {
            shieldFromArrivals(process);
        } else if (type == ChannelEvent.class
                || method.getObservedQualifiers().stream().anyMatch(DeclaredObservers::isChannel)) {
            take(process, method, type);
        }
    }

    /** In the order in which they are to be called. */
    List<ApplicationObserver> found() {
        return found.stream()
                .sorted(Comparator.comparingInt(one -> one.method().getPriority()))
                .toList();
    }

    List<Throwable> problems() {
        return problems;
    }

    /** An observer of everything would also get our internal event, on a thread that must run no application code. */
    private static <T> void shieldFromArrivals(ProcessObserverMethod<T, ?> process) {
        ObserverMethod<T> method = process.getObserverMethod();
        process.configureObserverMethod().notifyWith(context -> {
            if (!(context.getEvent() instanceof Arrival)) {
                method.notify(context);
            }
        });
    }

    private static boolean wouldHearArrivals(Type type) {
        return type instanceof TypeVariable
                || (type instanceof Class<?> known && known != Arrival.class && known.isAssignableFrom(Arrival.class));
    }

    private void take(ProcessObserverMethod<?, ?> process, ObserverMethod<?> method, Type type) {
        String name = String.valueOf(process.getAnnotatedMethod());
        if (!(type instanceof Class<?> observed)) {
            refuse(name + ": " + type + " can't be a message, as it has type parameters; observe a class without");
            return;
        }
        if (method.getTransactionPhase() != TransactionPhase.IN_PROGRESS) {
            refuse(name + ": messages arrive outside of any transaction; remove 'during = "
                    + method.getTransactionPhase() + "'");
            return;
        }
        if (takesMetadata(process.getAnnotatedMethod())) {
            refuse(name + ": a message has no EventMetadata, as no Event fired it; observe ChannelEvent to learn its"
                    + " channel, origin and time");
            return;
        }
        ApplicationObserver observer = ApplicationObserver.of(method, process.getAnnotatedMethod(), observed);
        for (Annotation qualifier : method.getObservedQualifiers()) {
            if (!isChannel(qualifier) && !(qualifier instanceof Any)) {
                refuse(name + ": no message has the qualifier " + qualifier + "; remove it");
                return;
            }
        }
        try {
            if (observer.channel() != null) {
                ChannelName.check(observer.channel());
            }
            types.declare(observed);
            found.add(observer);
        } catch (IllegalArgumentException e) {
            refuse(name + ": " + e.getMessage());
        }
    }

    /** Weld 5 and 6 would pass null, as they know the metadata only of what they have fired themselves. */
    private static boolean takesMetadata(@Nullable AnnotatedMethod<?> declared) {
        return declared != null
                && declared.getParameters().stream()
                        .anyMatch(parameter -> parameter.getBaseType() == EventMetadata.class);
    }

    private void refuse(String problem) {
        problems.add(new DefinitionException(problem));
    }

    private static boolean isChannel(Annotation qualifier) {
        return qualifier instanceof Channel;
    }
}
