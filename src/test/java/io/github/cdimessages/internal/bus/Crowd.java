package io.github.cdimessages.internal.bus;

import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Several threads that begin at the same time; what one of them throws fails the test. */
final class Crowd {
    /** So long that only a test that hangs waits for it, on any machine. */
    static final long SECONDS = 300;

    private Crowd() {}

    /** One of them, told which it is. */
    interface Member {
        void run(int number) throws Exception;
    }

    /** Runs the members to their end. */
    static void of(int size, Member member) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(size);
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int number = i;
            FutureTask<Void> task = new FutureTask<>(() -> {
                start.await();
                member.run(number);
                return null;
            });
            tasks.add(task);
            Thread thread = new Thread(task, "crowd-" + number);
            thread.setDaemon(true);
            thread.start();
        }
        for (FutureTask<Void> task : tasks) {
            end(task);
        }
    }

    /** Waits for an event that was signalled once for each that is to be. */
    static void take(Semaphore event) throws InterruptedException {
        if (!event.tryAcquire(SECONDS, TimeUnit.SECONDS)) {
            fail("an event did not come");
        }
    }

    private static void end(FutureTask<Void> task) throws InterruptedException {
        try {
            task.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            fail("one of the crowd failed", e.getCause());
        } catch (TimeoutException e) {
            fail("one of the crowd did not end", e);
        }
    }
}
