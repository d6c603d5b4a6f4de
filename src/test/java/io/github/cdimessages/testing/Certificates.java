package io.github.cdimessages.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A key with a certificate that vouches for itself, as files of all kinds. */
public final class Certificates {
    public static final String PASSWORD = "changeit";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8));

    private final Path store;
    private final KeyStore.PrivateKeyEntry entry;

    /** Made by keytool; names are as in {@code dns:redis.example.com,ip:127.0.0.1}. */
    public Certificates(String names) {
        try {
            store = TemporaryFolder.made("certificates").resolve("store.p12");
            run(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "redis",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=test",
                    "-ext",
                    "san=" + names,
                    "-keystore",
                    store.toString(),
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD));
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            entry = (KeyStore.PrivateKeyEntry)
                    keys.getEntry("redis", new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A PKCS12 file with key and certificate. */
    public Path keyStore() {
        return store;
    }

    /** A file of the given type that trusts the certificate. */
    public Path trustStore(String type) {
        try {
            Path file = store.resolveSibling("trust." + type);
            KeyStore trusted = KeyStore.getInstance(type);
            trusted.load(null, null);
            trusted.setCertificateEntry("redis", entry.getCertificate());
            try (var out = Files.newOutputStream(file)) {
                trusted.store(out, PASSWORD.toCharArray());
            }
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate as PEM. */
    public Path certificate() {
        try {
            return pem("redis.crt", "CERTIFICATE", entry.getCertificate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key as PEM. */
    public Path key() {
        return pem("redis.key", "PRIVATE KEY", entry.getPrivateKey().getEncoded());
    }

    private Path pem(String name, String kind, byte[] content) {
        try {
            return Files.writeString(
                    store.resolveSibling(name),
                    "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(content) + "\n-----END " + kind
                            + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
