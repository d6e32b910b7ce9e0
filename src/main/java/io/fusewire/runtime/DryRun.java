package io.fusewire.runtime;

import io.fusewire.rules.Explainer;
import io.fusewire.rules.IncidentTrial;
import io.fusewire.validate.ErrorSentences;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;

/**
 * A gateway with the given routes, rules and templates that takes nothing in and has nothing to send: its store is
 * empty and goes with it, its ports are any, and it polls nobody.
 */
public final class DryRun implements AutoCloseable {
    private final Path folder;
    private final StandaloneGateway gateway;

    /** @throws IllegalArgumentException in one sentence, when a gateway with these files would not start */
    public DryRun(Path configFolder) throws IOException {
        folder = Files.createTempDirectory("fusewire-dry-run");
        gateway = new StandaloneGateway(
                Clocks.ofTheMachine(),
                Map.of(
                        "camel.server.port",
                        "0",
                        "camel.server.host",
                        "127.0.0.1",
                        "camel.management.port",
                        "0",
                        "camel.management.host",
                        "127.0.0.1",
                        "fusewire.data-folder",
                        folder.toString(),
                        "fusewire.store.url",
                        "",
                        "fusewire.webhook.secrets",
                        "of-a-dry-run",
                        "fusewire.config-folder",
                        configFolder.toString(),
                        Assembly.DRY,
                        "true"));
        try {
            gateway.start();
        } catch (RuntimeException e) {
            close();
            throw new IllegalArgumentException(ErrorSentences.of(e), e);
        }
    }

    /**
     * One of what a {@link StartCheck} finds no fault with either.
     *
     * @param here whether the gateway would run on this machine
     * @throws IllegalArgumentException in one sentence for each fault
     */
    public static DryRun checked(Path configFolder, boolean here) throws IOException {
        DryRun dry = new DryRun(configFolder);
        try {
            StartCheck.refuse(configFolder, here);
            return dry;
        } catch (RuntimeException e) {
            dry.close();
            throw e;
        }
    }

    public Explainer explainer() {
        return gateway.camel().getRegistry().lookupByNameAndType("fusewire-explainer", Explainer.class);
    }

    /** A trial of what several events become by and by, with a store of its own. */
    public IncidentTrial trial() throws IOException {
        return explainer().trial(Files.createTempDirectory(folder, "trial"));
    }

    public List<String> remarks() {
        return gateway.remarks();
    }

    public CamelContext camel() {
        return gateway.camel();
    }

    @Override
    public void close() throws IOException {
        gateway.stop();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException fault) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
