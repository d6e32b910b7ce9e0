package io.fusewire.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.poll.client.Feed;
import io.fusewire.poll.client.PollSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollConfigTest {
    private static final Map<String, String> KEYS =
            Map.of("fusewire.poll.shop.public-key", "pk-lf-1", "fusewire.poll.shop.secret-key", "sk-lf-1");

    @Test
    void two_keys_are_enough() throws Exception {
        PollSettings poll = polls(KEYS).get(0);
        assertThat(poll.name()).isEqualTo("shop");
        assertThat(poll.source()).isEqualTo("shop");
        assertThat(poll.base()).hasToString("https://cloud.langfuse.com");
        assertThat(poll.fetch()).containsExactly(Feed.ERRORS, Feed.GENERATIONS, Feed.SCORES);
        assertThat(poll.interval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(poll.overlap()).isEqualTo(Duration.ofMinutes(30));
        assertThat(poll.lookback()).isEqualTo(Duration.ofMinutes(15));
        assertThat(poll.requestsPerMinute()).isEqualTo(24);
    }

    @Test
    void without_keys_there_is_none() throws Exception {
        assertThat(polls(Map.of("fusewire.poll.shop.interval", "10s"))).isEmpty();
    }

    @Test
    void what_holds_for_all_can_be_set_for_one() throws Exception {
        PollSettings poll = polls(
                        KEYS,
                        "fusewire.poll.shop.interval",
                        "10s",
                        "fusewire.poll.shop.source",
                        "checkout",
                        "fusewire.poll.shop.base-url",
                        "http://lf.internal:3000/ui/",
                        "fusewire.poll.fetch",
                        "warnings, scores")
                .get(0);
        assertThat(poll.interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(poll.source()).isEqualTo("checkout");
        assertThat(poll.base()).hasToString("http://lf.internal:3000/ui");
        assertThat(poll.fetch()).containsExactly(Feed.WARNINGS, Feed.SCORES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret-key  |         | fusewire.poll.shop.public-key is set and fusewire.poll.shop.secret-key is not",
                "public-key  |         | fusewire.poll.shop.secret-key is set and fusewire.poll.shop.public-key is not",
                "base-url    | lf.host | fusewire.poll.shop.base-url is not an http or https URL",
                "base-url    | https://me:secret@lf.host | fusewire.poll.shop.base-url is not an http or https URL",
                "fetch       | errors,traces | fusewire.poll.shop.fetch: there is no 'traces' to fetch; there are errors, warnings, generations, scores",
                "interval    | often   | fusewire.poll.shop.interval: 'often' is not a duration",
                "requests-per-minute | 0 | fusewire.poll.shop.requests-per-minute is 0; it must be 1 or more",
            })
    void what_is_wrong_is_named(String last, String value, String sentence) {
        assertThatThrownBy(() -> polls(KEYS, "fusewire.poll.shop." + last, value == null ? "" : value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("secret@");
    }

    private static List<PollSettings> polls(Map<String, String> keys, String... more) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            Properties properties = new Properties();
            properties.putAll(keys);
            for (int i = 0; i < more.length; i += 2) {
                properties.setProperty(more[i], more[i + 1]);
            }
            camel.getPropertiesComponent().setLocation("file:application.properties");
            camel.getPropertiesComponent().setOverrideProperties(properties);
            Settings settings = new Settings(camel);
            return new PollConfig(settings, new Secrets(settings)).configured();
        }
    }
}
