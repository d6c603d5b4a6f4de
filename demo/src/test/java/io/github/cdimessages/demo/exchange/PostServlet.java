package io.github.cdimessages.demo.exchange;

import io.github.cdimessages.Messages;
import io.github.cdimessages.PostResult;
import io.github.cdimessages.Reach;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Posts all things, or so many ticks, from one thread; answers how far they went. */
@WebServlet("/post")
public class PostServlet extends HttpServlet {
    static final String NODE = System.getProperty("messages.node");
    private static final long serialVersionUID = 1L;

    @Inject
    transient Messages messages;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String ticks = request.getParameter("ticks");
        List<?> posted = ticks == null
                ? Things.all()
                : IntStream.range(0, Integer.parseInt(ticks))
                        .mapToObj(number -> new Tick(NODE, number))
                        .toList();
        // the first message goes as far as the first reach says, and so on, and the others as the last one
        String[] reaches = request.getParameter("reaches").split(",");
        List<CompletableFuture<PostResult>> results = IntStream.range(0, posted.size())
                .mapToObj(i -> messages.postMessage(
                                request.getParameter("channel"),
                                posted.get(i),
                                Reach.valueOf(reaches[Math.min(i, reaches.length - 1)]))
                        .toCompletableFuture()
                        .orTimeout(60, TimeUnit.SECONDS))
                .toList();
        response.getWriter()
                .write(results.stream()
                        .map(result -> result.join().reached().name())
                        .collect(Collectors.joining(" ")));
    }
}
