package io.github.cdimessages.internal.bus;

import io.github.cdimessages.ChannelEvent;
import io.github.cdimessages.MessageType;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The classes that may be made from what arrives, by their logical names. Only classes that the application declared
 * come in here; a name from the network is looked up, never loaded.
 */
public final class MessageTypes {

    // Mutable state: concurrent collections that only grow, by at most the classes which the application names
    private final Map<Class<?>, String> names = new ConcurrentHashMap<>();

    private final Set<Class<?>> declared = ConcurrentHashMap.newKeySet();
    /** Several classes of one name are copies in several class loaders, as in an EAR. */
    private final Map<String, List<Class<?>>> classes = new ConcurrentHashMap<>();

    /** The logical name of a class of messages; refuses what can't be one. */
    public String nameOf(Class<?> type) {
        String known = names.get(type);
        return known != null ? known : names.computeIfAbsent(type, MessageTypes::checkedName);
    }

    /** Makes known what may be decoded for somebody who asks for a type; refuses a type that no message can have. */
    public void declare(Class<?> given) {
        Class<?> type = declared(given);
        if (type == Object.class || type == ChannelEvent.class || declared.contains(type)) {
            return;
        }
        String name = nameOf(type);
        if (type.isSealed() && !type.isEnum()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                declare(permitted);
            }
        }
        if (canBeMade(type)) {
            file(name, type);
        }
        declared.add(type);
    }

    /** The class of a logical name that somebody who asks for a type can take, or null. */
    @Nullable
    Class<?> find(String name, Class<?> asked) {
        for (Class<?> candidate : classes.getOrDefault(name, List.of())) {
            if (asked.isAssignableFrom(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private void file(String name, Class<?> type) {
        List<Class<?>> same = classes.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>());
        synchronized (same) {
            for (Class<?> other : same) {
                if (!other.getName().equals(type.getName())) {
                    throw new IllegalArgumentException("message type '" + name + "': " + other.getName() + " and "
                            + type.getName() + " have the same logical name; give one another @MessageType");
                }
            }
            if (!same.contains(type)) {
                same.add(type);
            }
        }
    }

    private static boolean canBeMade(Class<?> type) {
        return type.isEnum() || type.isArray() || !Modifier.isAbstract(type.getModifiers());
    }

    /** A constant of an enum may have a class of its own, which means nothing elsewhere: the enum stands for it. */
    private static Class<?> declared(Class<?> type) {
        Class<?> parent = type.getSuperclass();
        return parent != null && parent.isEnum() ? parent : type;
    }

    private static String checkedName(Class<?> given) {
        Class<?> type = declared(given);
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (element.getTypeParameters().length > 0) {
            throw new IllegalArgumentException(type.getName() + " can't be a message: it has type parameters, which are"
                    + " not known any more when it arrives; post a record that holds it");
        }
        if (type.isPrimitive() || type == ChannelEvent.class || type == Class.class) {
            throw new IllegalArgumentException(
                    type.getName() + " can't be a message; post a class or record of your own");
        }
        MessageType declared = type.getAnnotation(MessageType.class);
        return declared == null || declared.value().isBlank() ? type.getName() : declared.value();
    }
}
