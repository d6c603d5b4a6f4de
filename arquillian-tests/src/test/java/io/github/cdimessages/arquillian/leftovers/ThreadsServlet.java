package io.github.cdimessages.arquillian.leftovers;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Stream;

/** Occupies threads of the server for a moment: the request's own, and those of managed executors and EJBs. */
@WebServlet("/threads")
public class ThreadsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int TASKS = 32;

    @Resource
    transient ManagedExecutorService executor;

    @Resource
    transient ManagedScheduledExecutorService scheduler;

    @EJB
    transient Moment moment;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        if ("managed".equals(request.getParameter("of"))) {
            Stream.generate(() -> (Runnable) Moment::pass).limit(TASKS).forEach(task -> {
                executor.execute(task);
                scheduler.execute(task);
                moment.passAsynchronously();
            });
        }
        Moment.pass();
    }
}
