package io.github.cdimessages.internal.redis.settings;

import io.github.cdimessages.internal.settings.Settings;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Encrypts connections, and opens none to a Redis whose certificate is not trusted or is for another host. */
public final class Tls {
    public static final String TRUST_STORE = "messages.redis.tls.trust-store";
    static final String TRUST_STORE_PASSWORD = "messages.redis.tls.trust-store-password";
    public static final String KEY_STORE = "messages.redis.tls.key-store";
    static final String KEY_STORE_PASSWORD = "messages.redis.tls.key-store-password";

    private final SSLSocketFactory sockets;

    private Tls(SSLContext context) {
        sockets = context.getSocketFactory();
    }

    /** Reads the properties {@code messages.redis.tls.*}; null without TLS. */
    public static @Nullable Tls read(Settings settings, boolean wanted) {
        KeyStoreFile trust = KeyStoreFile.read(settings, TRUST_STORE, TRUST_STORE_PASSWORD);
        KeyStoreFile key = KeyStoreFile.read(settings, KEY_STORE, KEY_STORE_PASSWORD);
        KeyStoreFile useless = trust != null ? trust : key;
        if (!wanted && useless != null) {
            throw useless.wrong("has no effect without TLS; begin property '" + RedisAddress.URI
                    + "' with rediss: or remove this one");
        }
        if (!wanted) {
            return null;
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(key == null ? null : keys(key), trust == null ? null : trusted(trust), null);
            return new Tls(context);
        } catch (GeneralSecurityException e) {
            throw (useless == null ? new KeyStoreFile(TRUST_STORE, "", TRUST_STORE_PASSWORD, null) : useless)
                    .wrong("can't be used (" + e.getMessage() + "); make it anew, for example with keytool");
        }
    }

    /** Encrypts a connection that stands; to close it, close what it was made of. */
    public Socket over(Socket raw, HostAndPort where) throws IOException {
        SSLSocket socket = (SSLSocket) sockets.createSocket(raw, where.getHost(), where.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate has to be for this host
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** What to throw where a connection stood, and no answer came over it. */
    public static JedisConnectionException silent(Exception cause) {
        return new JedisConnectionException(new SSLException(Causes.root(cause), cause));
    }

    private static TrustManager[] trusted(KeyStoreFile file) throws GeneralSecurityException {
        KeyStore store = file.load();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isCertificateEntry(alias)) {
                TrustManagerFactory factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(store);
                return factory.getTrustManagers();
            }
        }
        throw file.wrong("has no certificate to be trusted; import one, or set its password in property '"
                + TRUST_STORE_PASSWORD + "'");
    }

    private static KeyManager[] keys(KeyStoreFile file) throws GeneralSecurityException {
        KeyStore store = file.load();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                try {
                    factory.init(store, file.secret());
                } catch (UnrecoverableKeyException e) {
                    throw file.wrongPassword();
                }
                return factory.getKeyManagers();
            }
        }
        throw file.wrong("has no key; name a file of type PKCS12 or JKS with a key and its certificate, and set its"
                + " password in property '" + KEY_STORE_PASSWORD + "'");
    }
}
