package io.fusewire.runtime;

import io.fusewire.config.HttpMode;
import io.fusewire.config.PollConfig;
import io.fusewire.config.PropertySources;
import io.fusewire.config.PropertyValues;
import io.fusewire.config.Secrets;
import io.fusewire.config.Settings;
import io.fusewire.config.StoreConfig;
import io.fusewire.config.WebhookConfig;
import io.fusewire.validate.PortValidator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * What a {@link DryRun} can't find, because its secrets, ports and store are its own: whether a gateway would start with
 * those that are set. Nothing is changed, and a gateway may be running.
 */
public final class StartCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private StartCheck() {}

    /**
     * Holds what is set against what a start needs.
     *
     * @param here whether the gateway would run on this machine: then its ports and its store are tried too
     * @throws IllegalArgumentException in one sentence for each fault
     */
    public static void refuse(Path configFolder, boolean here) {
        PropertySources sources = PropertySources.of(Map.of("fusewire.config-folder", configFolder.toString()));
        CamelContext unstarted = new DefaultCamelContext(false);
        sources.into(unstarted);
        Settings settings = new Settings(unstarted);
        refuse(new PropertyValues(settings, sources::placeOf).faults(any -> true));
        Secrets secrets = new Secrets(settings);
        boolean polled = !new PollConfig(settings, secrets).configured().isEmpty();
        new WebhookConfig(settings, secrets).verifiers(InstantSource.system(), polled);
        if (here) {
            refuse(PortValidator.faults(HttpMode.of(settings).ports(settings), isRunning(settings)));
            new StoreConfig(settings, secrets).probe();
        }
    }

    private static boolean isRunning(Settings settings) {
        if (settings.number(HttpMode.ADMIN_PORT) == 0) {
            return false;
        }
        URI health =
                URI.create(HttpMode.url(settings, HttpMode.ADMIN_HOST, HttpMode.ADMIN_PORT) + "/observe/health/live");
        HttpRequest request = HttpRequest.newBuilder(health).timeout(PATIENCE).build();
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            return answer.body().contains("fusewire-");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", faults));
        }
    }
}
