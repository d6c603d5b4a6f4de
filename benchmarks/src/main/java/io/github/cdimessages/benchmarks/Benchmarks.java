package io.github.cdimessages.benchmarks;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs all and prints each as a multiple of the plain loop: figures of one machine say little on another. */
public final class Benchmarks {
    private Benchmarks() {}

    /** Takes nothing. */
    public static void main(String[] arguments) throws RunnerException {
        Options options = new OptionsBuilder()
                .include("PostBenchmark|JoinBenchmark")
                .forks(1)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .build();
        Collection<RunResult> results = new Runner(options).run();
        Map<String, Double> plain = new HashMap<>();
        results.stream()
                .filter(result -> name(result).startsWith("plain"))
                .forEach(result -> plain.put(subject(result), score(result)));
        System.out.printf("%n%-40s %12s %10s%n", "benchmark", "ns", "x plain");
        for (RunResult result : results) {
            String subject = subject(result);
            System.out.printf(
                    "%-40s %12.1f %10.1f%n",
                    subject + ' ' + name(result), score(result), score(result) / plain.get(subject));
        }
    }

    private static String subject(RunResult result) {
        String path = result.getParams().getBenchmark();
        String type = path.substring(0, path.lastIndexOf('.'));
        String listeners = result.getParams().getParam("listeners");
        return type.substring(type.lastIndexOf('.') + 1) + (listeners == null ? "" : " " + listeners);
    }

    private static String name(RunResult result) {
        return result.getPrimaryResult().getLabel();
    }

    private static double score(RunResult result) {
        return result.getPrimaryResult().getScore();
    }
}
