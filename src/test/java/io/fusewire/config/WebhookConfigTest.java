package io.fusewire.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class WebhookConfigTest {
    private static final String IN_FLIGHT = "fusewire.webhook.max-bytes-in-flight";

    /** With more of it the collector has no room to work: at 64 of 256 MiB hostile senders made it take half of the time. */
    @Test
    void bodies_in_flight_take_an_eighth_of_the_heap_at_most() {
        assertThat(bodies("1MiB")).isEqualTo(1 << 20);
        assertThat(bodies("1000GiB")).isEqualTo(Runtime.getRuntime().maxMemory() / 8);
    }

    private static long bodies(String set) {
        Properties properties = new Properties();
        properties.putAll(Map.of(IN_FLIGHT, set));
        DefaultCamelContext camel = new DefaultCamelContext(false);
        camel.getPropertiesComponent().setInitialProperties(properties);
        camel.build();
        return new WebhookConfig(new Settings(camel), null).bytesInFlight();
    }
}
