package io.github.cdimessages.arquillian;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

/** A WebSocket client that can leave without a word, as no decent client does. */
final class RawClient {
    private final Socket socket;

    RawClient(URI uri) throws IOException {
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.getOutputStream().write("""
                GET %s HTTP/1.1
                Host: %s
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """.formatted(uri.getPath(), uri.getAuthority())
                .replace("\n", "\r\n")
                .getBytes(US_ASCII));
        // nothing else is read from here: what the reader takes in advance is not missed
        assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine())
                .contains(" 101 ");
    }

    /** The connection ends in order, but the WebSocket protocol does not: FIN without a close frame. */
    void finish() throws IOException {
        socket.shutdownOutput();
        socket.close();
    }

    /** The connection breaks: RST. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /**
     * Waits until the server ends the connection, however it does that; answers nothing meanwhile. Open Liberty
     * 26.0.0.3 may wait 30 s for the answer to its close frame.
     */
    void awaitEnd() throws IOException {
        socket.setSoTimeout(60_000);
        try {
            while (socket.getInputStream().read() >= 0) {
                // a ping or a close frame
            }
        } catch (SocketException e) {
            // by RST
        }
    }
}
