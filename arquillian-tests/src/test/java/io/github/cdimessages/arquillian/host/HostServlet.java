package io.github.cdimessages.arquillian.host;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Tells which threads run code of the library and what it has logged, and deploys on Payara Micro, which has no other
 * way from outside.
 */
@WebServlet("/host")
public class HostServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient LogLines log = new LogLines();

    @Override
    public void destroy() {
        log.close();
    }

    /** Tells the threads of the library or, one a line, what it has logged about what the request names. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String about = request.getParameter("logged");
        if (about != null) {
            response.getWriter().print(String.join("\n", log.about(about)));
            return;
        }
        response.getWriter()
                .print(Thread.getAllStackTraces().entrySet().stream()
                        .filter(thread -> Arrays.stream(thread.getValue()).anyMatch(HostServlet::isOfLibrary))
                        .map(thread -> thread.getKey().getName() + Arrays.toString(thread.getValue()))
                        .sorted()
                        .collect(Collectors.joining("\n")));
    }

    private static boolean isOfLibrary(StackTraceElement frame) {
        return frame.getClassName().startsWith("io.github.cdimessages.internal.")
                || frame.getClassName().startsWith("redis.clients.");
    }

    /** Deploys a file on Payara Micro. */
    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        File war = new File(request.getParameter("war"));
        String name = request.getParameter("name");
        response.getWriter()
                .print(call("deploy", new Class<?>[] {String.class, String.class, File.class}, name, name, war));
    }

    /** Undeploys on Payara Micro. */
    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(call("undeploy", new Class<?>[] {String.class}, request.getParameter("name")));
    }

    /** By reflection, as the same class is deployed on other servers. */
    private static Object call(String method, Class<?>[] types, Object... arguments) throws IOException {
        try {
            Class<?> micro = Class.forName("fish.payara.micro.PayaraMicro");
            Object runtime = micro.getMethod("getRuntime")
                    .invoke(micro.getMethod("getInstance").invoke(null));
            return Class.forName("fish.payara.micro.PayaraMicroRuntime")
                    .getMethod(method, types)
                    .invoke(runtime, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IOException(e);
        }
    }
}
