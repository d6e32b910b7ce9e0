package io.fusewire.harness.compare;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The processor's time that processes took, by what their threads are for: seconds, of threads that live (proc(5)). Linux
 * knows the first fifteen characters of a thread's name.
 */
record ThreadTimes(Map<String, Double> seconds) {
    private static final Map<String, String> GROUPS = Map.ofEntries(
            Map.entry("vert.x-", "event loops"),
            Map.entry("fusewire-store", "the store's writer"),
            Map.entry("Camel (", "rules, sinks and timers"),
            Map.entry("C1 Compiler", "JIT"),
            Map.entry("C2 Compiler", "JIT"),
            Map.entry("G1 ", "GC"),
            Map.entry("GC Thread", "GC"),
            Map.entry("postgres", "the database"),
            Map.entry("redis", "the database"),
            Map.entry("node", "node"));
    private static final String OTHERS = "others";

    static ThreadTimes of(List<Long> processes) throws IOException {
        Map<String, Double> seconds = new TreeMap<>();
        for (long process : processes) {
            for (Path thread : threads(process)) {
                try {
                    String name = Files.readString(thread.resolve("comm")).strip();
                    seconds.merge(group(name), ResourceUsage.cpuSeconds(thread, false), Double::sum);
                } catch (FileSystemException e) {
                    // It ended just now.
                }
            }
        }
        return new ThreadTimes(seconds);
    }

    private static List<Path> threads(long process) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process + "/task"))) {
            return threads.toList();
        } catch (FileSystemException e) {
            return List.of();
        }
    }

    static String group(String thread) {
        return GROUPS.entrySet().stream()
                .filter(group -> thread.startsWith(group.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHERS);
    }

    /** What was taken since; nothing of those whose threads have ended meanwhile. */
    Map<String, Double> since(ThreadTimes before) {
        Map<String, Double> taken = new TreeMap<>();
        seconds.forEach((group, now) -> taken.put(group, Math.max(0, now - before.seconds.getOrDefault(group, 0.0))));
        return taken;
    }
}
