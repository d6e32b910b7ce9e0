package io.fusewire.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelatedDurationsTest {
    private static final Map<String, String> POLL =
            Map.of("fusewire.poll.shop.public-key", "pk-lf-1", "fusewire.poll.shop.secret-key", "sk-lf-1");

    @ParameterizedTest
    @CsvSource({
        "fusewire.retention.finished, 23h, fusewire.poll.sweep-back, 24h, rows that the poll finds again must be known again",
        "fusewire.retention.finished, 8d, fusewire.poll.shop.sweep-back, 9d, rows that the poll finds again must be known again",
        "fusewire.retention.finished, 8d, fusewire.poll.lookback, 30d, rows that the poll finds again must be known again",
        "fusewire.retention.finished, 8d, fusewire.poll.overlap, 10d, rows that the poll finds again must be known again",
        "fusewire.poll.sweep-back, 1h, fusewire.poll.sweep-every, 2h, what comes late between two sweeps would be missed",
        "fusewire.delivery.give-up-after, 1h, fusewire.delivery.pause, 2h, a delivery that waits so long would be given up without another attempt",
        "fusewire.delivery.give-up-after, 30m, fusewire.delivery.longest-wait, 1h, a delivery that waits so long would be given up without another attempt",
        "fusewire.delivery.longest-wait, 10s, fusewire.delivery.first-wait, 30s, the waits grow from the one to the other",
        "fusewire.delivery.circuit-longest-rest, 1s, fusewire.delivery.circuit-rest, 2s, the rests grow from the one to the other",
        "fusewire.retention.finished, 2d, fusewire.retention.sweep-every, 3d, events would be kept much longer than is said"
    })
    void what_does_not_cover_the_other_is_refused(String longer, String a, String shorter, String b, String why) {
        assertThatThrownBy(() -> refuse(Map.of(longer, a, shorter, b)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(longer + " (" + a + ") is shorter than " + shorter + " (" + b + "): " + why + ".");
    }

    @Test
    void the_defaults_cover_one_another_and_equal_is_enough() {
        assertThatCode(() -> refuse(Map.of())).doesNotThrowAnyException();
        assertThatCode(() -> refuse(Map.of("fusewire.retention.finished", "24h")))
                .doesNotThrowAnyException();
    }

    @Test
    void without_a_poll_its_durations_do_not_matter() {
        Settings settings = settings(Map.of("fusewire.retention.finished", "1h"));
        assertThatCode(() -> new RelatedDurations(settings)
                        .refuse(new PollConfig(settings, new Secrets(settings)).configured()))
                .doesNotThrowAnyException();
    }

    private static void refuse(Map<String, String> set) {
        Map<String, String> all = new HashMap<>(POLL);
        all.putAll(set);
        Settings settings = settings(all);
        new RelatedDurations(settings).refuse(new PollConfig(settings, new Secrets(settings)).configured());
    }

    private static Settings settings(Map<String, String> set) {
        DefaultCamelContext camel = new DefaultCamelContext(false);
        Properties all = PropertyFile.packed("");
        all.putAll(set);
        camel.getPropertiesComponent().addPropertiesSource(PropertyLayer.first("a test", all));
        return new Settings(camel);
    }
}
