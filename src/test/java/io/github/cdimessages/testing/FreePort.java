package io.github.cdimessages.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback interface that stay free until a test uses them.
 *
 * <p>They lie below those that the kernel gives to clients (from 32,768 on Linux, 49,152 elsewhere), and each is given
 * out once: the kernel's own choice, port 0, may be the same twice, or a client's by the time it is used.
 */
final class FreePort {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;

    /** Where the next search begins; another JVM's begins elsewhere. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    static int next() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + NEXT.getAndIncrement() % COUNT;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port from " + FIRST + " to " + (FIRST + COUNT - 1)
                + " of the loopback interface is free; close some programs");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private FreePort() {}
}
