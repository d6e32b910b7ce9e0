package io.fusewire.harness.compare;

import io.fusewire.harness.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@link Ceiling} in a process of its own. It decides nothing, so nothing waits. */
final class BareServer extends LocalSystem {
    private final SystemProcess program;

    BareServer(ComparisonContext context, Path folder) throws IOException {
        Files.createDirectories(folder);
        program = new SystemProcess(
                Path.of("").toAbsolutePath(),
                folder.resolve("ceiling.log"),
                Map.of(),
                List.of(
                        context.java(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Ceiling.class.getName(),
                        String.valueOf(port),
                        Signer.SECRET));
    }

    @Override
    SystemProcess server() {
        return program;
    }

    @Override
    public void awaitReady() throws IOException, InterruptedException {
        program.await(webhookUrl(), 401);
    }

    @Override
    public long decided() {
        return 0;
    }

    @Override
    public long pending() {
        return 0;
    }

    @Override
    public void close() {
        program.close();
    }
}
