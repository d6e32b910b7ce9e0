package io.fusewire.runtime;

import io.fusewire.config.PropertySources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
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
    private final Trial trial;
    private final ToldOnce told = new ToldOnce();
    private final Semaphore saved = new Semaphore(0);
    private volatile StandaloneGateway gateway;
    private volatile int exit;

    /** Holds the rules that are tried against their test cases. */
    @FunctionalInterface
    public interface Trial {
        /** What came of it: a sentence for each case that does not hold, and one of them all. */
        List<String> of(DryRun dry) throws Exception;
    }

    /** @param trial what is tried with each change */
    public LiveReload(Clocks clocks, Path folder, Trial trial) {
        this.clocks = clocks;
        this.folder = folder;
        this.trial = trial;
    }

    /** Whether the program that is about to run has the dev profile. */
    public static boolean isWanted() {
        return PropertySources.of(Map.of()).profile().equals("dev");
    }

    /** Runs until the process is told to stop. The exit code: 1 when the first start fails. */
    public int run() throws IOException, InterruptedException {
        ConfigSnapshot first = ConfigSnapshot.in(folder);
        gateway = new StandaloneGateway(clocks, Map.of(), told);
        GracefulStop.atSigterm(() -> {
            gateway.stopGracefully();
            return exit;
        });
        Thread watch = new Thread(() -> watch(first), "fusewire-live-reload");
        watch.setDaemon(true);
        watch.start();
        exit = gateway.runs();
        while (saved.tryAcquire()) {
            gateway = new StandaloneGateway(clocks, Map.of(), told);
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
                    put(now.differenceTo(inForce));
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

    private void put(Map<String, String> difference) {
        String changed = difference.entrySet().stream()
                .map(file -> file.getKey() + ": " + file.getValue())
                .collect(Collectors.joining(", "));
        try (DryRun dry = DryRun.checked(folder, true)) {
            List<String> came = trial.of(dry);
            if (difference.keySet().stream().allMatch(ConfigSnapshot::isOfCases)) {
                LOG.info("{}, and tried. {}", changed, String.join(" ", came));
                return;
            }
            LOG.info(
                    "{}, tried with {} routes, and put into force. {}",
                    changed,
                    dry.camel().getRoutesSize(),
                    String.join(" ", came));
        } catch (Exception e) {
            LOG.warn("{}, and not in force; what was before stays so. {}", changed, e.getMessage());
            return;
        }
        saved.release();
        gateway.stop();
    }
}
