package io.github.cdimessages.arquillian.failing;

import io.github.cdimessages.ApplicationWide;
import io.github.cdimessages.Messages;
import io.github.cdimessages.Reach;
import io.github.cdimessages.arquillian.app.Note;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;

/** Lets the deployment fail when the link to Redis stands. */
@Startup
@Singleton
@DependsOn("RedisSubscriber")
public class FailingStart {
    @Inject
    @ApplicationWide
    Messages messages;

    @PostConstruct
    void fail() {
        try {
            messages.postMessage("failing", new Note("it stood"), Reach.GLOBAL)
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("this application does not start, on purpose");
    }
}
