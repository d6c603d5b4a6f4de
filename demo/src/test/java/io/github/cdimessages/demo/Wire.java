package io.github.cdimessages.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The wire between a browser and a server, which a test can cut and mend. */
final class Wire implements AutoCloseable {
    private final URI server;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    // Mutable state: the test's thread
    private ServerSocket door;

    Wire(URI server) throws IOException {
        this.server = server;
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = door.getLocalPort();
        serve(door);
    }

    /** The server's address by way of this wire. */
    URI address() {
        return URI.create("http://127.0.0.1:" + port + server.getPath());
    }

    void cut() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    void mend() throws IOException {
        door = new ServerSocket();
        door.setReuseAddress(true);
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        serve(door);
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    private void serve(ServerSocket open) {
        start(() -> {
            while (true) {
                Socket browser = open.accept();
                Socket target = new Socket(server.getHost(), server.getPort());
                sockets.add(browser);
                sockets.add(target);
                start(() -> browser.getInputStream().transferTo(target.getOutputStream()), browser, target);
                start(() -> target.getInputStream().transferTo(browser.getOutputStream()), browser, target);
            }
        });
    }

    private static void start(Traffic traffic, Socket... ends) {
        Thread thread = new Thread(() -> {
            try {
                traffic.flow();
            } catch (IOException e) {
                // cut, as it is meant to be
            } finally {
                for (Socket end : ends) {
                    try {
                        end.close();
                    } catch (IOException e) {
                        // closed all the same
                    }
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Traffic {
        void flow() throws IOException;
    }
}
