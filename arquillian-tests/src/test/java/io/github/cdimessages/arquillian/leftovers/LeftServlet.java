package io.github.cdimessages.arquillian.leftovers;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/** Tells what other applications with the library have left in this process. */
@WebServlet("/left")
public class LeftServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String OURS = "io.github.cdimessages.";
    private static final String HERE = LeftServlet.class.getPackageName() + ".";
    private static final String HOST = "io.github.cdimessages.arquillian.host.";
    private static final String LOADER = "+-- ";
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.getWriter()
                .print("sockets".equals(request.getParameter("of")) ? sockets() : String.join("\n", things()));
    }

    /** Ends a thread that waits. */
    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(request.getParameter("thread")))
                .forEach(Thread::interrupt);
    }

    /** Threads, objects and class loaders. */
    private static List<String> things() throws ServletException {
        try {
            return Stream.of(threads(), objects(), loaders())
                    .flatMap(List::stream)
                    .toList();
        } catch (JMException e) {
            throw new ServletException(e);
        }
    }

    /** By their names; one with another name still has a class loader. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("messages-") || name.startsWith("cdi-messages-"))
                .map("thread "::concat)
                .toList();
    }

    /** What a heap histogram shows after the garbage collection with which it begins. */
    private static List<String> objects() throws JMException {
        return diagnose("gcClassHistogram").filter(LeftServlet::isOfGuest).toList();
    }

    /** Class loaders with a class of the library or of an application that has it. */
    private static List<String> loaders() throws JMException {
        String[] loader = {""};
        return diagnose("vmClassloaders", "show-classes")
                .peek(line -> loader[0] = line.contains(LOADER) ? line.strip() : loader[0])
                .filter(LeftServlet::isOfGuest)
                .map(line -> "class loader " + loader[0])
                .distinct()
                .toList();
    }

    private static boolean isOfGuest(String line) {
        return line.contains(OURS) && !line.contains(HERE) && !line.contains(HOST);
    }

    private static Stream<String> diagnose(String command, String... arguments) throws JMException {
        String answer = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        command,
                        new Object[] {arguments},
                        new String[] {String[].class.getName()});
        return answer.lines();
    }

    /** How many sockets this process has; always 0 where the system is not Linux. */
    private static long sockets() throws IOException {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.filter(LeftServlet::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (NoSuchFileException e) {
            return false; // closed meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
