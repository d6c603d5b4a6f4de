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
 * and ends those of which no server has told that they are closed. A ping may wait for a client that reads nothing, on
 * WildFly 39 for ever: so one task asks, and another looks for answers and never waits.
 */
class Heartbeat {
    private static final Logger LOG = System.getLogger(Heartbeat.class.getName());
    private static final String PROPERTY = "messages.websocket.ping";
    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofSeconds(1);

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

    /** Begins, and does something else at each sweep, which must not wait. */
    void begin(Supplier<Collection<SocketSession>> open, Consumer<SocketSession> end, Runnable atEachSweep) {
        ticker.every(SWEEP, () -> {
            atEachSweep.run();
            open.get().forEach(socket -> sweep(socket, end));
        });
        if (!pause.isZero()) {
            ticker.every(pause, () -> open.get().forEach(socket -> look(socket, end)));
        }
    }

    private void sweep(SocketSession socket, Consumer<SocketSession> end) {
        if (!socket.isOpen() && socket.pulse().isLongClosed()) {
            ticker.execute(() -> end.accept(socket));
        }
    }

    private void look(SocketSession socket, Consumer<SocketSession> end) {
        Session session = socket.session();
        if (session == null) {
            return; // no callback has shown it; its endpoint's end will end it
        }
        if (socket.pulse().isLost(pause)) {
            LOG.log(Level.DEBUG, socket.listening() + " did not answer a ping for " + pause + " and is closed");
            socket.cutOffSoon(); // here: the threads of the ticker may all wait for clients like this one
            ticker.execute(() -> {
                socket.close(CloseCodes.GOING_AWAY, "no answer to a ping");
                end.accept(socket);
            });
        } else if (socket.pulse().mayAsk()) {
            ticker.execute(() -> ping(socket, session));
        }
    }

    private static void ping(SocketSession socket, Session session) {
        listenForPongs(socket, session);
        socket.pulse().asking();
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, socket.listening() + " could not be pinged", e);
        } finally {
            socket.pulse().hasAsked();
        }
    }

    /**
     * Adds a handler of pongs at the first ping, not earlier: the application may add its own when the socket opens. If
     * it has one, our interceptor sees the pongs where it can; where it can't, silence proves nothing.
     */
    private static void listenForPongs(SocketSession socket, Session session) {
        Pulse pulse = socket.pulse();
        if (pulse.isWatched()) {
            return;
        }
        try {
            session.addMessageHandler(PongMessage.class, pong -> pulse.beat());
            pulse.watched();
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, socket.listening() + " has a handler of pongs of its own", e);
        }
    }
}
