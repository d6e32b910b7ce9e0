package io.fusewire.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookConfigTest {
    private static final String IN_FLIGHT = "fusewire.webhook.max-bytes-in-flight";

    /** With more of it the collector has no room to work: at 64 of 256 MiB hostile senders made it take half of the time. */
    @Test
    void bodies_in_flight_take_an_eighth_of_the_heap_at_most() {
        assertThat(bodies("1MiB")).isEqualTo(1 << 20);
        assertThat(bodies("1000GiB")).isEqualTo(Runtime.getRuntime().maxMemory() / 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1023", "1025KiB", "4GiB"})
    void headers_that_no_request_or_no_memory_could_have_are_refused_by_the_property_s_name(String size) {
        String property = "fusewire.webhook.max-header-size";
        WebhookConfig webhooks = config(Map.of("fusewire.webhook.max-connections", "1", property, size));
        assertThatThrownBy(webhooks::limits).hasMessage(property + ": '" + size + "' is not between 1KiB and 1MiB");
    }

    private static long bodies(String set) {
        return config(Map.of(IN_FLIGHT, set)).bytesInFlight();
    }

    private static WebhookConfig config(Map<String, String> set) {
        Properties properties = new Properties();
        properties.putAll(set);
        DefaultCamelContext camel = new DefaultCamelContext(false);
        camel.getPropertiesComponent().setInitialProperties(properties);
        camel.build();
        return new WebhookConfig(new Settings(camel), null);
    }
}
