package io.github.cdimessages.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

@ArquillianTest
class DeploymentTest {
    @Inject
    BeanManager beans;

    @Deployment
    static WebArchive war() {
        return Wars.with().addAsWebResource(new StringAsset("here"), "where.txt");
    }

    @Test
    void aWarWithTheLibraryDeploys() throws ClassNotFoundException {
        assertThat(beans).isNotNull();
        assertThat(Class.forName("redis.clients.jedis.RedisClient").getClassLoader())
                .isSameAs(getClass().getClassLoader());
    }

    @Test
    void theServerWasToldWhereRedisIs() {
        assertThat(System.getProperty("messages.redis.uri")).startsWith("redis://127.0.0.1:");
    }

    @Test
    @RunAsClient
    void theWarAnswersWhereTheTestIsTold(@ArquillianResource URL war) throws IOException {
        try (InputStream answer = new URL(war, "where.txt").openStream()) {
            assertThat(answer).hasContent("here");
        }
    }
}
