package io.github.cdimessages.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.glassfish.concurro.Dropping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConcurroTest {
    @BeforeEach
    void belongToAnApplication() {
        Dropping.OF_APPLICATION.set(true);
    }

    @AfterEach
    void belongToNone() {
        Dropping.OF_APPLICATION.remove();
    }

    @Test
    void aTaskOfAnApplicationIsNotDropped() {
        List<String> ran = new ArrayList<>();
        Executor real = new Dropping(Runnable::run, false);
        real.execute(() -> ran.add("given as it is"));
        Concurro.careful(real).execute(() -> ran.add("given with care"));
        assertThat(ran).containsExactly("given with care");
    }

    @Test
    void aRefusalReachesWhoGaveTheTask() {
        Executor full = Concurro.careful(new Dropping(Runnable::run, true));
        assertThatThrownBy(() -> full.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void anInterruptIsKeptForLater() {
        List<String> ran = new ArrayList<>();
        Thread.currentThread().interrupt();
        Concurro.careful(new Dropping(Runnable::run, false)).execute(() -> ran.add("task"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ran).containsExactly("task");
    }

    @Test
    void anotherServersExecutorStaysAsItIs() {
        Executor other = Runnable::run;
        assertThat(Concurro.careful(other)).isSameAs(other);
    }
}
