package io.github.cdimessages.arquillian.app;

import jakarta.annotation.Resource;
import jakarta.ejb.AsyncResult;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import java.util.concurrent.Future;

/** Listens in each of the ways in which an EJB is called. */
@Stateless
public class ListeningEjb {
    @Inject
    Conversation conversation;

    @Inject
    Heard heard;

    @Resource
    TimerService timers;

    public String called(String channel) {
        return conversation.hearsItself(channel);
    }

    @Asynchronous
    public Future<String> calledAsynchronously(String channel) {
        return new AsyncResult<>(conversation.hearsItself(channel));
    }

    public void startTimer(String channel) {
        timers.createSingleActionTimer(1, new TimerConfig(channel, false));
    }

    @Timeout
    void timeout(Timer timer) {
        String channel = (String) timer.getInfo();
        heard.add(channel, conversation.hearsItself(channel));
    }
}
