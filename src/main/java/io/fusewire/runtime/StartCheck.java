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
import java.nio.file.Path;
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
        refuse(new PropertyValues(settings, sources::placeOf).faults());
        Secrets secrets = new Secrets(settings);
        boolean polled = !new PollConfig(settings, secrets).configured().isEmpty();
        new WebhookConfig(settings, secrets).verifiers(InstantSource.system(), polled);
        if (here) {
            refuse(PortValidator.faults(HttpMode.of(settings).ports(settings), true));
            new StoreConfig(settings, secrets).probe();
        }
    }

    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", faults));
        }
    }
}
