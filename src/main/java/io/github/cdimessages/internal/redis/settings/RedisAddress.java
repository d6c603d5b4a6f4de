package io.github.cdimessages.internal.redis.settings;

import io.github.cdimessages.internal.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * What the property {@code messages.redis.uri} says.
 *
 * @param nodes where Redis is, or those who know; at least one
 * @param access the user of Redis itself
 * @param database the number of the database
 * @param tls whether all connections are encrypted
 */
public record RedisAddress(List<HostAndPort> nodes, Access access, int database, boolean tls) {
    public static final String URI = "messages.redis.uri";

    private static final Pattern QUERY = Pattern.compile("[?#]");

    public static RedisAddress parse(String text, int defaultPort) {
        int start = text.indexOf("//") + 2;
        int end = text.indexOf('/', start);
        String authority = text.substring(start, end < 0 ? text.length() : end);
        int hosts = authority.lastIndexOf('@') + 1;
        List<URI> uris = new ArrayList<>();
        try {
            for (String host : authority.substring(hosts).split(",", -1)) {
                uris.add(checked(new URI(text.substring(0, start)
                        + authority.substring(0, hosts)
                        + host.strip()
                        + (end < 0 ? "" : text.substring(end)))));
            }
        } catch (URISyntaxException e) { // it would show the password
            throw Settings.wrong(
                    URI,
                    withoutPassword(text),
                    "is no address of a Redis; write redis://[user:password@]host[:port][,host[:port]...][/database],"
                            + " or rediss: for TLS, and %-escape what is special in user and password");
        }
        URI first = uris.get(0);
        return new RedisAddress(
                uris.stream()
                        .map(uri -> new HostAndPort(uri.getHost(), uri.getPort() < 0 ? defaultPort : uri.getPort()))
                        .toList(),
                new Access(JedisURIHelper.getUser(first), JedisURIHelper.getPassword(first)),
                JedisURIHelper.getDBIndex(first),
                "rediss".equalsIgnoreCase(first.getScheme()));
    }

    private static URI checked(URI uri) throws URISyntaxException {
        if (uri.getScheme() != null
                && uri.getScheme().matches("(?i)rediss?")
                && uri.getHost() != null
                && uri.getPort() != 0
                && uri.getPort() < 1 << 16
                && uri.getQuery() == null
                && uri.getFragment() == null
                && (uri.getPath() == null || uri.getPath().matches("/?|/\\d{1,9}"))) {
            return uri;
        }
        throw new URISyntaxException("", "no address of a Redis");
    }

    /** A password stands before the last @, or, where people put it though it can't be there, in a query. */
    private static String withoutPassword(String uri) {
        int start = uri.indexOf("//") < 0 ? 0 : uri.indexOf("//") + 2;
        int host = Math.max(start, uri.lastIndexOf('@'));
        Matcher query = QUERY.matcher(uri);
        int end = query.find() ? query.start() : uri.length();
        String scheme = uri.substring(0, start);
        if (end < host) {
            return scheme + "***"; // the password is before or behind the @
        }
        return scheme + (host > start ? "***" : "") + uri.substring(host, end) + (end < uri.length() ? "?***" : "");
    }

    /** The nodes, as a person may read them. */
    @Override
    public String toString() {
        return nodes.stream().map(HostAndPort::toString).collect(Collectors.joining(","));
    }
}
