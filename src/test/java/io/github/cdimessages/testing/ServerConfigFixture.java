package io.github.cdimessages.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** The files of {@code server-config/redis}, as an administrator would have put them in place, with certificates. */
public final class ServerConfigFixture {
    /** The password of all users in these files. */
    public static final String PASSWORD = "change-me";

    private static final String INSTALLED = "/etc/redis/cdi-messages";
    private final Path folder = TemporaryFolder.made("server-config");
    private final Certificates certificates;

    public ServerConfigFixture(Certificates certificates) {
        this.certificates = certificates;
        try (Stream<Path> files = Files.list(Path.of("server-config", "redis"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file).replace(INSTALLED, folder.toString());
                Files.writeString(folder.resolve(file.getFileName()), text);
            }
            Files.copy(certificates.certificate(), folder.resolve("redis.crt"));
            Files.copy(certificates.certificate(), folder.resolve("ca.crt"));
            Files.copy(certificates.key(), folder.resolve("redis.key"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the files. */
    public String file(String name) {
        return folder.resolve(name).toString();
    }

    /** A copy of one of the files; changes are pairs of what is there and what is there instead. */
    public String changed(String name, List<String> changes) {
        try {
            String text = Files.readString(folder.resolve(name));
            for (int i = 0; i < changes.size(); i += 2) {
                if (!text.contains(changes.get(i))) {
                    throw new IllegalArgumentException(name + " has no '" + changes.get(i) + "'");
                }
                text = text.replace(changes.get(i), changes.get(i + 1));
            }
            return Files.writeString(Files.createTempFile(folder, name, ".conf"), text)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a user gets in; null is the default user. */
    public JedisClientConfig access(String user) {
        return access(user, null);
    }

    /** How a user gets in who shows a certificate. */
    public JedisClientConfig access(String user, Certificates own) {
        SslOptions.Builder tls = SslOptions.builder()
                .sslVerifyMode(SslVerifyMode.CA) // the administrator comes by any name
                .trustStoreType("PKCS12")
                .truststore(certificates.trustStore("PKCS12").toFile(), Certificates.PASSWORD.toCharArray());
        if (own != null) {
            tls.keyStoreType("PKCS12").keystore(own.keyStore().toFile(), Certificates.PASSWORD.toCharArray());
        }
        return DefaultJedisClientConfig.builder()
                .timeoutMillis(RedisServerFixture.PATIENCE_MILLIS)
                .autoNegotiateProtocol(false)
                .user(user)
                .password(PASSWORD)
                .sslOptions(tls.build())
                .build();
    }
}
