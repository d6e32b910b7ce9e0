package io.fusewire.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MeterFiltersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    MeterFiltersTest() {
        registry.config().meterFilter(new MeterFilters(3));
    }

    @Test
    void the_first_values_keep_their_names_and_later_ones_share_other() {
        for (String model : new String[] {"a", "b", "c", "d", "e", "a"}) {
            registry.counter("fusewire.llm.tokens", "model", model).increment();
        }
        TreeSet<String> values = new TreeSet<>();
        registry.getMeters().forEach(meter -> values.add(meter.getId().getTag("model")));
        assertThat(values).containsExactly("a", "b", "c", "other");
        assertThat(registry.counter("fusewire.llm.tokens", "model", "a").count())
                .isEqualTo(2);
        assertThat(registry.counter("fusewire.llm.tokens", "model", "other").count())
                .isEqualTo(2);
    }

    @Test
    void a_long_value_is_cut() {
        registry.counter("fusewire.events", "type", "x".repeat(5_000));
        assertThat(registry.getMeters().get(0).getId().getTag("type")).hasSize(100);
    }

    @Test
    void the_camel_context_is_no_label_of_ours_and_other_meters_stay_as_they_are() {
        registry.counter("fusewire.events", "camelContext", "fusewire", "type", "t");
        registry.counter("jvm.something", "camelContext", "fusewire");
        assertThat(registry.get("fusewire.events").meter().getId().getTags()).containsExactly(Tag.of("type", "t"));
        assertThat(registry.get("jvm.something").meter().getId().getTags())
                .containsExactly(Tag.of("camelContext", "fusewire"));
    }
}
