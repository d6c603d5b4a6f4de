package io.github.cdimessages.internal.redis;

import static io.github.cdimessages.internal.redis.settings.Tls.KEY_STORE;
import static io.github.cdimessages.internal.redis.settings.Tls.TRUST_STORE;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.redis.settings.Tls;
import io.github.cdimessages.internal.settings.Settings;
import io.github.cdimessages.testing.Certificates;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TlsTest {
    private static final Certificates CERTIFICATES = new Certificates("ip:127.0.0.1");

    @Test
    void aFileThatIsNotThereIsRefused() {
        refused(TRUST_STORE, "'/no/such.p12' is no file", TRUST_STORE, "/no/such.p12");
        refused(KEY_STORE, "'src' is no file", KEY_STORE, "src");
        refused(TRUST_STORE, "is no path", TRUST_STORE, "a\0b");
    }

    @Test
    void aFileOfAnotherTypeIsRefused() {
        refused(TRUST_STORE, "'pom.xml' has none of the types PKCS12, JKS and PEM", TRUST_STORE, "pom.xml");
        refused(
                TRUST_STORE,
                "has no certificate",
                TRUST_STORE,
                CERTIFICATES.key().toString());
        String certificate = CERTIFICATES.certificate().toString();
        refused(KEY_STORE, "'" + certificate + "' has no key", KEY_STORE, certificate);
    }

    @Test
    void aWrongPasswordIsRefusedAndNotShown() {
        for (String type : new String[] {"PKCS12", "JKS"}) {
            String file = CERTIFICATES.trustStore(type).toString();
            refused(
                    TRUST_STORE + "-password",
                    "'***' does not open '" + file + "'",
                    TRUST_STORE,
                    file,
                    TRUST_STORE + "-password",
                    "secret");
        }
        String file = CERTIFICATES.keyStore().toString();
        refused(KEY_STORE + "-password", "does not open '", KEY_STORE, file, KEY_STORE + "-password", "secret");
    }

    @Test
    void aMissingPasswordIsRefused() {
        String trust = CERTIFICATES.trustStore("PKCS12").toString();
        refused(TRUST_STORE, "set its password in property '" + TRUST_STORE + "-password'", TRUST_STORE, trust);
        String key = CERTIFICATES.keyStore().toString();
        refused(KEY_STORE + "-password", "does not open '" + key, KEY_STORE, key);
    }

    private static void refused(String property, String problem, String... properties) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            values.put(properties[i], properties[i + 1]);
        }
        assertThatThrownBy(() -> Tls.read(new Settings(values::get), true))
                .isInstanceOf(MessagesException.class)
                .hasMessageStartingWith("property '" + property + "': ")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("secret");
    }
}
