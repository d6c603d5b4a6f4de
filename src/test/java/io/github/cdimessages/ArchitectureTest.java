package io.github.cdimessages;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps each foreign API in its one home, and the homes in their order: API, spi, engine, the rest, cdi. */
@AnalyzeClasses(packages = "io.github.cdimessages", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String API = "io.github.cdimessages";
    private static final String SPI = "io.github.cdimessages.spi";
    private static final String BUS = "io.github.cdimessages.internal.bus";
    private static final String JSONB = "io.github.cdimessages.internal.jsonb";
    private static final String REDIS = "io.github.cdimessages.internal.redis";
    private static final String WEBSOCKET = "io.github.cdimessages.internal.websocket";
    private static final String CDI = "io.github.cdimessages.internal.cdi";

    @ArchTest
    static final ArchRule theApiStandsAlone = noClasses()
            .that()
            .resideInAPackage(API)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(API + ".internal..", SPI + "..")
            .because("users compile against the API alone");

    @ArchTest
    static final ArchRule theSpiKnowsOnlyTheApi = classes()
            .that()
            .resideInAPackage(SPI)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", API, SPI)
            .because("who replaces a part must not need the parts that are replaced")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theEngineIsPlainJava = classes()
            .that()
            .resideInAPackage(BUS)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", API, SPI, BUS)
            .because("the engine runs, and is tested, without a container")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule jedisAndEjbLiveInRedis = noClasses()
            .that()
            .resideOutsideOfPackage(REDIS + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("redis.clients..", "jakarta.ejb..")
            .because("only the link to Redis knows Jedis and needs the singleton EJB");

    @ArchTest
    static final ArchRule jsonbLivesInJsonb = noClasses()
            .that()
            .resideOutsideOfPackage(JSONB)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.json..")
            .because("the codec can be replaced, so nobody else may know how it writes");

    @ArchTest
    static final ArchRule webSocketLivesInWebSocket = noClasses()
            .that()
            .resideOutsideOfPackages(API, WEBSOCKET)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.websocket..")
            .because("the WebSocket scope is one part of many; the API only names the Session it is given")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobodySeesTheCompositionRoot = noClasses()
            .that()
            .resideOutsideOfPackage(CDI)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CDI)
            .because("what puts the parts together is known to none of them");

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("io.github.cdimessages.(**)")
            .should()
            .beFreeOfCycles()
            .because("each part can be read, and tested, after those it stands on")
            .allowEmptyShould(true);

    @Test
    void noSourceFileIsLongerThan250Lines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources)
                    .isNotEmpty()
                    .allSatisfy(source -> assertThat(lines(source))
                            .as("lines of %s: split it where its second subject begins", source)
                            .isLessThanOrEqualTo(250));
        }
    }

    private static long lines(Path source) {
        try (Stream<String> lines = Files.lines(source)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
