package io.github.cdimessages.arquillian;

import io.github.cdimessages.arquillian.app.Note;
import java.io.File;
import java.util.Objects;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * A war as a user builds it: a {@code beans.xml}, the library's jar and what that needs, and the classes under test.
 */
final class Wars {
    private static final String BEANS_XML = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;

    private Wars() {}

    /** The application under test. */
    static WebArchive application() {
        return application(ShrinkWrap.create(WebArchive.class));
    }

    /**
     * The same with a name, and the address of Redis in the application's own configuration. For none it is blank, not
     * empty: Payara Micro 6 takes an empty value for a missing one and goes on to the system properties.
     */
    static WebArchive application(String name, String redis) {
        return application(ShrinkWrap.create(WebArchive.class, name + ".war"))
                .addAsResource(
                        new StringAsset("config_ordinal=500\nmessages.redis.uri="
                                + (redis.isEmpty() ? "\\u0020" : redis) + "\n"),
                        "META-INF/microprofile-config.properties");
    }

    static WebArchive with(Class<?>... classes) {
        return with(ShrinkWrap.create(WebArchive.class)).addClasses(classes);
    }

    private static WebArchive application(WebArchive war) {
        return with(war).addPackage(Note.class.getPackage());
    }

    private static WebArchive with(WebArchive war) {
        return war.addAsLibraries(jars("war.libraries"))
                .addAsLibraries(jars("test.libraries"))
                .addAsWebInfResource(new StringAsset(BEANS_XML), "beans.xml");
    }

    private static File[] jars(String property) {
        File folder = new File(System.getProperty(property));
        return Objects.requireNonNull(folder.listFiles(), () -> folder + " is no folder");
    }
}
