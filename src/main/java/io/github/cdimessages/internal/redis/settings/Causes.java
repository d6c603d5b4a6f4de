package io.github.cdimessages.internal.redis.settings;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Says why a connection does not stand, in words that help whoever runs the servers. */
public final class Causes {
    private static final Pattern PASSING =
            Pattern.compile("LOADING|MASTERDOWN|READONLY|CLUSTERDOWN|MOVED|ASK|TRYAGAIN|BUSY|NOREPLICAS|MISCONF|OOM");

    private static final Pattern CLUSTER = Pattern.compile("(MOVED|ASK|TRYAGAIN|CLUSTERDOWN) ");

    /** The innermost message, and the cure where it takes more than a Redis that runs. */
    public static String of(Throwable cause) {
        String text = root(cause);
        SSLException encryption = find(cause, SSLException.class);
        if (encryption == null) {
            return text;
        }
        CertificateException refused = find(cause, CertificateException.class);
        if (refused != null && find(cause, CertPathBuilderException.class) == null) {
            return "its certificate is for another host or out of date: " + text
                    + "; use a name from the certificate in" + " property '" + RedisAddress.URI + "'";
        }
        if (refused != null) {
            return "its certificate is not trusted: " + text + "; set property '" + Tls.TRUST_STORE
                    + "' to a file with the certificate of its authority";
        }
        return "no answer over TLS: " + text
                + "; if Redis is well, see whether it takes TLS there, else write redis: in"
                + " property '" + RedisAddress.URI + "', and whether it asks for a certificate, property '"
                + Tls.KEY_STORE + "'";
    }

    /** What Redis has against this server, its user or its commands; null if it may be otherwise in a moment. */
    public static @Nullable String refusal(Throwable cause) {
        JedisDataException refusal = find(cause, JedisDataException.class);
        String text = refusal == null ? null : String.valueOf(refusal.getMessage());
        return text == null || PASSING.matcher(text).lookingAt() ? null : text;
    }

    /** Whether a node of a Cluster refuses what another one, or the same one a little later, would do. */
    public static boolean isOfCluster(JedisDataException refusal) {
        return CLUSTER.matcher(String.valueOf(refusal.getMessage())).lookingAt();
    }

    private static <T extends Throwable> @Nullable T find(Throwable cause, Class<T> type) {
        for (Throwable t = cause; t != null; t = next(t)) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }

    static String root(Throwable cause) {
        Throwable root = cause;
        for (Throwable t = cause; t != null; t = next(t)) {
            root = t;
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    private static @Nullable Throwable next(Throwable cause) {
        if (cause.getCause() != null) {
            return cause.getCause();
        }
        return cause.getSuppressed().length > 0 ? cause.getSuppressed()[0] : null;
    }

    private Causes() {}
}
