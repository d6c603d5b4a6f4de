package io.github.cdimessages.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimessages.internal.redis.settings.SigningSettings;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs what this server sends, and tells whether what arrives was signed by one that has a key; see
 * docs/wire-format.md.
 *
 * <p>The signature is the last {@link #SIZE} bytes of what it signs. One thread at a time: each owner has its own.
 */
final class Seal {
    private static final int KEY_ID = 8;
    private static final int MAC = 32;
    static final int SIZE = KEY_ID + MAC;

    private final List<Key> keys;
    private final boolean acceptsUnsigned;

    /** What is signed, so that one thing never passes for another. */
    enum Kind {
        MESSAGE('M'),
        BEACON('B'),
        LOG_ENTRY('L'),
        REVOCATION('R');

        private final byte code;

        Kind(char code) {
            this.code = (byte) code;
        }
    }

    private static final class Key {
        final byte[] id;

        // Mutable state: inside the Mac, owned by the owner of the seal
        final Mac mac;

        Key(byte[] id, Mac mac) {
            this.id = id;
            this.mac = mac;
        }
    }

    Seal(SigningSettings settings) {
        keys = settings.keys().stream().map(Seal::key).toList();
        acceptsUnsigned = settings.acceptsUnsigned();
    }

    boolean signs() {
        return !keys.isEmpty();
    }

    /**
     * Writes the signature into the last bytes.
     *
     * @param place the channel or key in Redis
     * @param number the place in a log, or 0
     */
    void sign(Kind kind, byte[] place, long number, byte[] bytes) {
        Key key = keys.get(0);
        int end = bytes.length - SIZE;
        System.arraycopy(key.id, 0, bytes, end, KEY_ID);
        System.arraycopy(mac(key, kind, place, number, bytes), 0, bytes, end + KEY_ID, MAC);
    }

    /** What is wrong with something that arrived, or null; a server without keys looks at no signature. */
    @Nullable
    String problem(Kind kind, byte[] place, long number, byte[] bytes, boolean signed) {
        if (keys.isEmpty()) {
            return null;
        }
        if (!signed) {
            return acceptsUnsigned
                    ? null
                    : "is not signed; set property '" + SigningSettings.KEYS + "' on every server, and '"
                            + SigningSettings.SIGNING + "' to accept-unsigned until that is done";
        }
        int end = bytes.length - SIZE;
        for (Key key : keys) {
            if (Arrays.equals(key.id, 0, KEY_ID, bytes, end, end + KEY_ID)) {
                byte[] given = Arrays.copyOfRange(bytes, end + KEY_ID, bytes.length);
                return MessageDigest.isEqual(mac(key, kind, place, number, bytes), given)
                        ? null
                        : "has a signature that does not fit: it was changed, or copied from elsewhere";
            }
        }
        return "is signed with a key that is not in property '" + SigningSettings.KEYS
                + "' here; all servers need the same keys";
    }

    /** Lengths go first, so that no two contents give the same bytes. */
    private static byte[] mac(Key key, Kind kind, byte[] place, long number, byte[] bytes) {
        Mac mac = key.mac;
        mac.update(kind.code);
        mac.update((byte) (place.length >> 8));
        mac.update((byte) place.length);
        mac.update(place);
        for (int shift = 56; shift >= 0; shift -= 8) {
            mac.update((byte) (number >> shift));
        }
        mac.update(bytes, 0, bytes.length - MAC);
        return mac.doFinal();
    }

    private static Key key(SecretKeySpec secret) {
        try {
            Mac mac = Mac.getInstance(SigningSettings.ALGORITHM);
            mac.init(secret);
            return new Key(Arrays.copyOf(mac.doFinal("key id".getBytes(UTF_8)), KEY_ID), mac);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks " + SigningSettings.ALGORITHM + ", which all have", e);
        }
    }
}
