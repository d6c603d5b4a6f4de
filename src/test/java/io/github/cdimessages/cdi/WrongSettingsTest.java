package io.github.cdimessages.cdi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.testing.Node;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong setting stops the deployment, whatever it is for, and says what would be right. */
class WrongSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "messages.workers, 0, 1 to 10000",
        "messages.inbox.capacity, many, 1 to 10000000",
        "messages.inbox.overflow, drop, DROP_OLDEST",
        "messages.stream.capacity, -1, 1 to 10000000",
        "messages.stream.overflow, oldest, DROP_OLDEST",
        "messages.websocket.ping, 20, less than a second",
        "messages.redis.uri, localhost, redis://",
        "messages.redis.sentinel-master, shop, messages.redis.uri",
    })
    void itNamesPropertyValueAndCure(String property, String value, String cure) {
        assertThatThrownBy(() -> Node.configured(Map.of(property, value)))
                .isInstanceOf(DeploymentException.class)
                .hasStackTraceContaining(property)
                .hasStackTraceContaining(value)
                .hasStackTraceContaining(cure);
    }

    @Test
    void aTrustStoreThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Node.configured(Map.of(
                        "messages.redis.uri", "rediss://cache", "messages.redis.tls.trust-store", "/no/such.p12")))
                .isInstanceOf(DeploymentException.class)
                .hasStackTraceContaining("property 'messages.redis.tls.trust-store': '/no/such.p12'")
                .hasStackTraceContaining("name one that is there");
    }

    @ParameterizedTest
    @CsvSource("messages.node, 200 bytes")
    void aNodeWhoseNameWouldNotFitIntoAnEnvelopeIsRefused(String property, String cure) {
        assertThatThrownBy(() -> Node.configured(Map.of(property, "n".repeat(201))))
                .hasStackTraceContaining(property)
                .hasStackTraceContaining(cure);
    }

    @Test
    void anExecutorThatIsNotThereIsRefusedAtTheStart() {
        assertThatThrownBy(() -> Node.configured(Map.of("messages.executor", "java:comp/nothing")))
                .hasStackTraceContaining("messages.executor")
                .hasStackTraceContaining("java:comp/nothing")
                .hasStackTraceContaining("remove the property");
    }
}
