package io.github.cdimessages.internal.websocket;

import io.github.cdimessages.internal.bus.Ticker;
import io.github.cdimessages.internal.settings.Settings;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks after the open connections at regular times: pings them, because servers do not notice a network that was cut,
 * and ends those of which no server has told that they are closed.
 */
class Heartbeat {
    private static final Logger LOG = System.getLogger(Heartbeat.class.getName());
    private static final String PROPERTY = "messages.websocket.ping";
    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Ticker ticker;
    private final Duration pause;

    @Inject
    Heartbeat(Ticker ticker, Settings settings) {
        this.ticker = ticker;
        this.pause = pause(settings);
    }

    /** The time between two pings; zero for none. */
    static Duration pause(Settings settings) {
        Duration pause = settings.time(PROPERTY, PAUSE);
        if (!pause.isZero() && pause.compareTo(LEAST) < 0) {
            throw Settings.wrong(
                    PROPERTY, pause.toMillis() + "ms", "is less than a second; set 1s or more, or 0 for none");
        }
        return pause;
    }

    void begin(Supplier<Collection<SocketSession>> open, Consumer<SocketSession> end) {
        ticker.every(pause.isZero() ? PAUSE : pause, () -> open.get().forEach(socket -> look(socket, end)));
    }

    private void look(SocketSession socket, Consumer<SocketSession> end) {
        Session session = socket.session();
        if (session == null) {
            return; // no callback has shown it; its endpoint's end will end it
        }
        if (!session.isOpen()) {
            end.accept(socket);
        } else if (!pause.isZero()) {
            ping(socket, session, end);
        }
    }

    private void ping(SocketSession socket, Session session, Consumer<SocketSession> end) {
        if (!socket.expectAnswer()) {
            LOG.log(Level.DEBUG, socket.listening() + " did not answer a ping for " + pause + " and is closed");
            socket.close(CloseCodes.GOING_AWAY, "no answer to a ping");
            end.accept(socket);
            return;
        }
        listenForPongs(socket, session);
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, socket.listening() + " could not be pinged", e);
        }
    }

    /**
     * Adds a handler of pongs at the first ping, not earlier: the application may add its own when the socket opens. If
     * it has one, our interceptor sees the pongs where it can; where it can't, silence proves nothing.
     */
    private static void listenForPongs(SocketSession socket, Session session) {
        if (socket.isWatched()) {
            return;
        }
        try {
            session.addMessageHandler(PongMessage.class, pong -> socket.answered());
            socket.watched();
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, socket.listening() + " has a handler of pongs of its own", e);
        }
    }
}
