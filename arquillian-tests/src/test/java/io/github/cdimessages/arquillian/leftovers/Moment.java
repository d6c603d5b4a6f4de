package io.github.cdimessages.arquillian.leftovers;

import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Long enough that what comes at the same time has threads of its own. */
@Stateless
public class Moment {
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    static void pass() {
        LockSupport.parkNanos(NANOS);
    }

    @Asynchronous
    public void passAsynchronously() {
        pass();
    }

    /** Takes it to open. */
    @ServerEndpoint("/moment")
    public static class OfSocket {
        @OnOpen
        public void open(Session session) {
            pass();
        }
    }
}
