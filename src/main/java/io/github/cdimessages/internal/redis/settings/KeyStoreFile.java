package io.github.cdimessages.internal.redis.settings;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.cdimessages.MessagesException;
import io.github.cdimessages.internal.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that a property names: PKCS12, JKS or, where only certificates are wanted, PEM.
 *
 * @param property that names the file
 * @param path its value
 * @param passwordProperty gives its password
 * @param password of the file; null if none was given
 */
record KeyStoreFile(
        String property,
        String path,
        String passwordProperty,
        @Nullable String password) {

    static @Nullable KeyStoreFile read(Settings settings, String property, String passwordProperty) {
        String password = settings.text(passwordProperty).orElse(null);
        String path = settings.text(property).orElse(null);
        if (path == null && password != null) {
            throw Settings.wrong(passwordProperty, "***", "opens nothing; set property '" + property + "' too");
        }
        return path == null ? null : new KeyStoreFile(property, path, passwordProperty, password);
    }

    char @Nullable [] secret() {
        return password == null ? null : password.toCharArray();
    }

    /** What is in it. */
    KeyStore load() {
        File file = file();
        try {
            KeyStore pem = pem(file);
            return pem != null ? pem : KeyStore.getInstance(file, secret());
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw wrongPassword();
            }
            throw wrong("can't be read (" + e.getMessage() + "); name a file of type PKCS12, JKS or PEM");
        } catch (GeneralSecurityException e) {
            throw wrong("has none of the types PKCS12, JKS and PEM (" + e.getMessage() + "); name such a file");
        }
    }

    MessagesException wrong(String cure) {
        return Settings.wrong(property, path, cure);
    }

    MessagesException wrongPassword() {
        return Settings.wrong(
                passwordProperty,
                password == null ? "" : "***",
                "does not open '" + path + "'; set the password of that file");
    }

    private File file() {
        try {
            Path file = Path.of(path);
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return file.toFile();
            }
            throw wrong("is no file that this server can read, seen from "
                    + Path.of("").toAbsolutePath() + "; name one that is there");
        } catch (InvalidPathException e) {
            throw wrong("is no path (" + e.getReason() + "); name a file");
        }
    }

    /** The certificates of a PEM file; null if it is none. */
    private @Nullable KeyStore pem(File file) throws IOException, GeneralSecurityException {
        byte[] content = Files.readAllBytes(file.toPath());
        String text = new String(content, US_ASCII);
        if (!text.contains("-----BEGIN ")) {
            return null;
        }
        int first = text.indexOf("-----BEGIN CERTIFICATE-----");
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate each : first < 0 ? List.<Certificate>of() : certificates(content)) {
            store.setCertificateEntry("certificate-" + store.size(), each);
        }
        return store;
    }

    private static Iterable<? extends Certificate> certificates(byte[] content) throws CertificateException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
    }
}
