package io.github.cdimessages.testing.steps;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** Loads the classes of one package anew, with a point before each access to what threads share. */
final class SteppedLoader extends ClassLoader {
    private final String prefix;
    private final Set<String> stepped;
    private final VolatileFields volatiles = new VolatileFields(SteppedLoader::read);

    /** All classes get points at their monitors, the named ones at all that is shared. */
    SteppedLoader(Class<?> scenario, Set<String> stepped) {
        super(scenario.getClassLoader());
        this.prefix = scenario.getPackageName() + '.';
        this.stepped = stepped;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(prefix)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }
    }

    private Class<?> define(String name) {
        ClassReader reader = new ClassReader(read(name.replace('.', '/')));
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        reader.accept(new SteppedClass(writer, volatiles, stepped.contains(name)), 0);
        byte[] woven = writer.toByteArray();
        return defineClass(name, woven, 0, woven.length);
    }

    private static byte[] read(String path) {
        try (InputStream in = SteppedLoader.class.getClassLoader().getResourceAsStream(path + ".class")) {
            if (in == null) {
                throw new IllegalStateException("no class file of " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
