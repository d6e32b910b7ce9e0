package io.fusewire.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a gateway loads at its start, as a file that the JVM maps in: a third of a start's processor time is saved. */
final class SharedClasses {
    private static final Map<Path, Path> ARCHIVES = new ConcurrentHashMap<>();

    private SharedClasses() {}

    /** The JVM's option for that jar, with a file that is made once and goes with this process. Thread-safe. */
    static String option(Path java, Path jar, List<String> options) {
        return "-XX:SharedArchiveFile=" + ARCHIVES.computeIfAbsent(jar, any -> archive(java, jar, options));
    }

    private static Path archive(Path java, Path jar, List<String> options) {
        try {
            Path folder = Files.createTempDirectory("fusewire-classes");
            Path archive = folder.resolve("fusewire.jsa");
            List<String> line = new ArrayList<>(List.of(java.toString()));
            line.addAll(options);
            line.addAll(List.of(
                    "-XX:ArchiveClassesAtExit=" + archive,
                    "-Dcamel.main.duration-max-seconds=1",
                    "-Dcamel.server.port=0",
                    "-Dcamel.management.port=0",
                    "-Dfusewire.webhook.secrets=of-a-start-for-its-classes",
                    "-jar",
                    jar.toString()));
            Path log = folder.resolve("log");
            int exit = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (exit != 0 || !Files.exists(archive)) {
                throw new IllegalStateException(
                        "no archive of classes, exit code " + exit + ": " + Files.readString(log));
            }
            archive.toFile().deleteOnExit();
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
