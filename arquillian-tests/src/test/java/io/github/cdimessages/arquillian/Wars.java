package io.github.cdimessages.arquillian;

import io.github.cdimessages.arquillian.app.ListeningEjb;
import io.github.cdimessages.arquillian.app.Note;
import io.github.cdimessages.arquillian.logins.People;
import io.github.cdimessages.arquillian.plain.PlainEndpoint;
import io.github.cdimessages.demo.ChatMessage;
import java.io.File;
import java.util.Objects;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * A war as a user builds it: a {@code beans.xml}, the library's jar and what that needs, and the classes under test.
 */
final class Wars {
    private static final String BEANS_XML = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="%s"/>
            """;
    private static final String DESCRIPTOR = "beans.xml";

    /** So an EJB is what is named here, and not what has an annotation. */
    private static final StringAsset EJB_JAR_XML = new StringAsset("""
            <ejb-jar xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" metadata-complete="true">
              <enterprise-beans>
                <session>
                  <ejb-name>ListeningEjb</ejb-name>
                  <local-bean/>
                  <ejb-class>%s</ejb-class>
                  <session-type>Stateless</session-type>
                </session>
              </enterprise-beans>
            </ejb-jar>
            """.formatted(ListeningEjb.class.getName()));

    private Wars() {}

    /** The application under test. */
    static WebArchive application() {
        return application(ShrinkWrap.create(WebArchive.class));
    }

    /** The same with what a test needs that runs inside of it. */
    static WebArchive applicationWithTests() {
        return application().addAsLibraries(jars("test.libraries"));
    }

    /**
     * The same with a name, and the address of Redis in the application's own configuration. For none it is blank, not
     * empty: Payara Micro 6 takes an empty value for a missing one and goes on to the system properties.
     */
    static WebArchive application(String name, String redis) {
        return configured(name, "messages.redis.uri=" + (redis.isEmpty() ? "\\u0020" : redis));
    }

    /** The same with a name, and properties in its own configuration. */
    static WebArchive configured(String name, String... properties) {
        return application(named(name))
                .addAsResource(configuration(properties), "META-INF/microprofile-config.properties");
    }

    /** The same with a name, this {@code bean-discovery-mode} or, where that is empty, no {@code beans.xml}. */
    static WebArchive discovering(String mode, String name) {
        return discovering(mode, application(named(name)));
    }

    /** One whose users log in in a way, with properties in its own configuration. */
    static WebArchive logins(String name, Class<?> way, String... properties) {
        return with(named(name))
                .addPackage(People.class.getPackage())
                .addPackage(way.getPackage())
                .addAsResource(configuration(properties), "META-INF/microprofile-config.properties");
    }

    /** One that has no bean of its own, and no discovery. */
    static WebArchive withoutBeans(String name) {
        return discovering("none", with(named(name)).addPackage(PlainEndpoint.class.getPackage()))
                .addClass(Note.class);
    }

    /** The war of the demo, as its own build makes it. */
    static WebArchive demo(String name) {
        return with(named(name))
                .addPackage(ChatMessage.class.getPackage())
                .as(ExplodedImporter.class)
                .importDirectory(System.getProperty("demo.pages"))
                .as(WebArchive.class);
    }

    /** Two of the application, and the library in the folder that they share. */
    static EnterpriseArchive sharing(String name, String first, String second) {
        return ear(name, classes(first), classes(second)).addAsLibraries(jars("war.libraries"));
    }

    /**
     * Two of the application, each with a library of its own. In such an ear, WildFly 39 takes no annotation of the
     * library for one that defines beans, so all classes are to be beans.
     */
    static EnterpriseArchive apart(String name, String first, String second) {
        return ear(name, discovering("all", first), discovering("all", second));
    }

    private static EnterpriseArchive ear(String name, WebArchive first, WebArchive second) {
        return ShrinkWrap.create(EnterpriseArchive.class, name + ".ear").addAsModules(first, second);
    }

    private static WebArchive named(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war");
    }

    private static WebArchive application(WebArchive war) {
        return with(war).addPackage(Note.class.getPackage());
    }

    private static WebArchive classes(String name) {
        WebArchive war =
                named(name).addPackage(Note.class.getPackage()).addAsWebInfResource(beansXml("annotated"), DESCRIPTOR);
        return ServerUnderTest.KNOWS_EJBS_IN_LIB ? war : war.addAsWebInfResource(EJB_JAR_XML, "ejb-jar.xml");
    }

    private static WebArchive with(WebArchive war) {
        return war.addAsLibraries(jars("war.libraries")).addAsWebInfResource(beansXml("annotated"), DESCRIPTOR);
    }

    private static WebArchive discovering(String mode, WebArchive war) {
        war.delete("WEB-INF/" + DESCRIPTOR);
        return mode.isEmpty() ? war : war.addAsWebInfResource(beansXml(mode), DESCRIPTOR);
    }

    private static StringAsset configuration(String... properties) {
        return new StringAsset("config_ordinal=500\n" + String.join("\n", properties) + "\n");
    }

    private static StringAsset beansXml(String mode) {
        return new StringAsset(BEANS_XML.formatted(mode));
    }

    private static File[] jars(String property) {
        File folder = new File(System.getProperty(property));
        return Objects.requireNonNull(folder.listFiles(), () -> folder + " is no folder");
    }
}
