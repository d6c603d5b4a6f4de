package io.github.cdimessages.testing;

import static io.github.cdimessages.testing.FaultyProxy.Direction.FROM_REDIS;
import static io.github.cdimessages.testing.FaultyProxy.Direction.TO_REDIS;

import io.github.cdimessages.testing.FaultyProxy.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** One connection through a {@link FaultyProxy}: two threads, one for each direction. */
final class ProxiedConnection {
    private static final int PIECE = 8 << 10;

    private final FaultyProxy proxy;
    private final Socket client;
    private final Socket redis;

    // Mutable state: guarded by this object's monitor
    private final Map<Direction, Integer> left = new EnumMap<>(Direction.class);
    private Set<Direction> lost = Set.of();
    private boolean closed;

    ProxiedConnection(FaultyProxy proxy, Socket client, Socket redis) {
        this.proxy = proxy;
        this.client = client;
        this.redis = redis;
    }

    void start() {
        start("proxy to Redis", () -> forward(TO_REDIS, client, redis));
        start("proxy from Redis", () -> forward(FROM_REDIS, redis, client));
    }

    static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    synchronized void cutAfter(Direction direction, int bytes) {
        left.put(direction, bytes);
    }

    synchronized void lose(Set<Direction> directions) {
        lost = directions;
    }

    synchronized void wake() {
        notifyAll();
    }

    void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        proxy.closed(this);
        for (Socket each : new Socket[] {client, redis}) {
            try {
                each.close();
            } catch (IOException e) {
                // it is of no use any more
            }
        }
    }

    private void forward(Direction direction, Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            to.setTcpNoDelay(true); // as Jedis and Redis do: the only delays shall be those of the faults
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[PIECE];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                int passing = pass(direction, read);
                if (passing > 0) {
                    out.write(piece, 0, passing);
                }
                if (isCut(direction)) {
                    break;
                }
            }
        } catch (IOException e) {
            // either side has gone
        }
        if (!isLost()) {
            close(); // a half-open connection hides that the other side has gone
        }
    }

    /** How many of the bytes that were read may pass, once they may. */
    private synchronized int pass(Direction direction, int read) throws IOException {
        try {
            long wait = proxy.delayMillis() + 1_000L * read / proxy.bytesPerSecond();
            long end = System.nanoTime() + wait * 1_000_000;
            while (!closed && proxy.isFrozen(direction)) {
                wait();
            }
            for (long now = System.nanoTime(); !closed && now < end; now = System.nanoTime()) {
                wait((end - now) / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (closed || lost.contains(direction)) {
            return 0;
        }
        Integer most = left.get(direction);
        if (most == null) {
            return read;
        }
        left.put(direction, Math.max(0, most - read));
        return Math.min(most, read);
    }

    private synchronized boolean isCut(Direction direction) {
        return closed || Integer.valueOf(0).equals(left.get(direction));
    }

    private synchronized boolean isLost() {
        return !closed && !lost.isEmpty();
    }
}
