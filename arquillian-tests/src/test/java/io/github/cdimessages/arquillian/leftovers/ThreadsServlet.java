package io.github.cdimessages.arquillian.leftovers;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** Occupies threads of the server for a moment: the request's own, and those of managed executors and EJBs. */
@WebServlet("/threads")
public class ThreadsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int TASKS = 32;

    /** Those of the scheduler that have not run yet. Payara 6 has one thread for them, and others wait in its queue. */
    private static final AtomicInteger SCHEDULED = new AtomicInteger();

    @Resource
    transient ManagedExecutorService executor;

    @Resource
    transient ManagedScheduledExecutorService scheduler;

    @EJB
    transient Moment moment;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        if ("managed".equals(request.getParameter("of"))) {
            boolean idle = SCHEDULED.compareAndSet(0, TASKS);
            for (int i = 0; i < TASKS; i++) {
                executor.execute(Moment::pass);
                moment.passAsynchronously();
                if (idle) {
                    scheduler.execute(ThreadsServlet::passScheduled);
                }
            }
        }
        Moment.pass();
    }

    private static void passScheduled() {
        Moment.pass();
        SCHEDULED.decrementAndGet();
    }
}
