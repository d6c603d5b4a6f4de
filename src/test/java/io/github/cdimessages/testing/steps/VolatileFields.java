package io.github.cdimessages.testing.steps;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/** Which fields are volatile: an access does not say so, only the class that declares it. */
final class VolatileFields {
    private final Function<String, byte[]> classFiles;
    private final Map<String, Set<String>> byOwner = new ConcurrentHashMap<>();

    VolatileFields(Function<String, byte[]> classFiles) {
        this.classFiles = classFiles;
    }

    boolean contain(String owner, String name) {
        return byOwner.computeIfAbsent(owner, this::read).contains(name);
    }

    private Set<String> read(String owner) {
        Set<String> found = new HashSet<>();
        ClassReader reader = new ClassReader(classFiles.apply(owner));
        ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9) {
            @Override
            public FieldVisitor visitField(int access, String name, String type, String generic, Object value) {
                if ((access & Opcodes.ACC_VOLATILE) != 0) {
                    found.add(name);
                }
                return null;
            }
        };
        reader.accept(visitor, ClassReader.SKIP_CODE);
        return found;
    }
}
