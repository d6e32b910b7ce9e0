package io.fusewire.runtime;

import io.fusewire.config.PropertySources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program in the dev profile: what is saved in the config folder is in force at once, if a gateway would start with
 * it. It is tried first, as {@code check} does; what is refused leaves the running gateway as it is. Then that one stops
 * in order, and a new one starts in the same process. What waits is in the store.
 */
public final class LiveReload {
    private static final Logger LOG = LoggerFactory.getLogger(LiveReload.class);
    private static final long LOOK_EVERY_MILLISECONDS = 150;

    private final Clocks clocks;
    private final Path folder;
    private final Semaphore saved = new Semaphore(0);
    private volatile StandaloneGateway gateway;
    private volatile int exit;

    public LiveReload(Clocks clocks, Path folder) {
        this.clocks = clocks;
        this.folder = folder;
    }

    /** Whether the program that is about to run has the dev profile. */
    public static boolean isWanted() {
        return PropertySources.of(Map.of()).profile().equals("dev");
    }

    /** Runs until the process is told to stop. The exit code: 1 when the first start fails. */
    public int run() throws IOException, InterruptedException {
        ConfigSnapshot first = ConfigSnapshot.in(folder);
        gateway = new StandaloneGateway(clocks, Map.of());
        GracefulStop.atSigterm(() -> {
            gateway.stopGracefully();
            return exit;
        });
        Thread watch = new Thread(() -> watch(first), "fusewire-live-reload");
        watch.setDaemon(true);
        watch.start();
        exit = gateway.runs();
        while (saved.tryAcquire()) {
            gateway = new StandaloneGateway(clocks, Map.of());
            if (gateway.runs() != 0) {
                LOG.warn("No gateway runs now; it is tried again when a file is saved.");
                saved.acquire();
                saved.release();
            }
        }
        return exit;
    }

    private void watch(ConfigSnapshot first) {
        ConfigSnapshot inForce = first;
        ConfigSnapshot last = first;
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY_MILLISECONDS);
                ConfigSnapshot now = ConfigSnapshot.in(folder);
                // An editor may still be writing: twice the same, and it is done.
                if (now.equals(last) && !now.equals(inForce)) {
                    put(String.join(", ", now.differenceTo(inForce)));
                    inForce = now;
                }
                last = now;
            }
        } catch (IOException e) {
            LOG.warn("The config folder can't be watched any more; restart to put a change into force.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private DryRun checked() throws IOException {
        StartCheck.refuse(folder, true);
        return new DryRun(folder);
    }

    private void put(String changed) {
        try (DryRun dry = checked()) {
            LOG.info(
                    "{}: saved, tried with {} routes, and put into force.",
                    changed,
                    dry.camel().getRoutesSize());
        } catch (IOException | RuntimeException e) {
            LOG.warn("{}: saved, and not in force; what was before stays so. {}", changed, e.getMessage());
            return;
        }
        saved.release();
        gateway.stop();
    }
}
