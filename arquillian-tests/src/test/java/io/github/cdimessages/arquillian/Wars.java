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
        return with().addPackage(Note.class.getPackage());
    }

    static WebArchive with(Class<?>... classes) {
        return ShrinkWrap.create(WebArchive.class)
                .addClasses(classes)
                .addAsLibraries(jars("war.libraries"))
                .addAsLibraries(jars("test.libraries"))
                .addAsWebInfResource(new StringAsset(BEANS_XML), "beans.xml");
    }

    private static File[] jars(String property) {
        File folder = new File(System.getProperty(property));
        return Objects.requireNonNull(folder.listFiles(), () -> folder + " is no folder");
    }
}
