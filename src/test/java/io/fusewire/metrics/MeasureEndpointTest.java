package io.fusewire.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureEndpointTest {
    private static final Map<String, Object> NAME = Map.of("name", "name");

    private final CamelContext camel = new DefaultCamelContext();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void a_counter_counts_by_one_with_tags_of_labels_and_tags_that_are_given() throws Exception {
        MeasureEndpoint endpoint = endpoint("fusewire.events", true, Map.of("type", "type"), Map.of("kind", "input"));
        process(endpoint, Map.of("type", "trace.created"));
        process(endpoint, Map.of("type", "trace.created"));
        process(endpoint, Map.of("type", "trace.updated"));
        assertThat(registry.get("fusewire.events")
                        .tags("type", "trace.created", "kind", "input")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("fusewire.events").counters()).hasSize(2);
    }

    @Test
    void a_counter_counts_by_a_label_and_not_at_all_where_the_event_lacks_it() throws Exception {
        MeasureEndpoint endpoint = endpoint("fusewire.llm.tokens", true, Map.of("model", "model"), Map.of());
        endpoint.setBy("inputTokens");
        process(endpoint, Map.of("model", "m", "inputTokens", 7L));
        process(endpoint, Map.of("model", "m"));
        process(endpoint, Map.of("model", "m", "inputTokens", "many"));
        assertThat(registry.get("fusewire.llm.tokens").counter().count()).isEqualTo(7);
    }

    @Test
    void a_histogram_records_the_label() throws Exception {
        MeasureEndpoint endpoint = endpoint("fusewire.scores", false, Map.of("name", "name"), Map.of());
        endpoint.setBy("value");
        process(endpoint, Map.of("name", "quality", "value", 0.25));
        assertThat(registry.get("fusewire.scores").summary().totalAmount()).isEqualTo(0.25);
    }

    @Test
    void a_histogram_counts_what_is_below_zero_and_adds_it_up_apart() throws Exception {
        PrometheusMeterRegistry prometheus =
                MeterFilters.in(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), 200);
        MeasureEndpoint endpoint = new MeasureEndpoint(
                "fusewire:record/fusewire.scores", null, prometheus, "fusewire.scores", false, NAME, Map.of());
        endpoint.setBy("value");
        endpoint.setBuckets("-1, -0.5,0,0.2,0.3,1");
        for (double value : new double[] {-0.4, 0.25, -0.0, 0, -2.5, -100, 0.3, 7}) {
            process(endpoint, Map.of("name", "sentiment", "value", value));
        }
        assertThat(prometheus.scrape().lines())
                .contains(
                        "fusewire_scores_count{name=\"sentiment\"} 8",
                        "fusewire_scores_sum{name=\"sentiment\"} 7.55",
                        "fusewire_scores_below_zero_count{name=\"sentiment\"} 3",
                        "fusewire_scores_below_zero_sum{name=\"sentiment\"} 102.9",
                        "fusewire_scores_at_most_total{bound=\"-1.0\",name=\"sentiment\"} 2.0",
                        "fusewire_scores_at_most_total{bound=\"-0.5\",name=\"sentiment\"} 2.0",
                        "fusewire_scores_at_most_total{bound=\"0.0\",name=\"sentiment\"} 5.0",
                        "fusewire_scores_at_most_total{bound=\"0.2\",name=\"sentiment\"} 5.0",
                        "fusewire_scores_at_most_total{bound=\"0.3\",name=\"sentiment\"} 7.0",
                        "fusewire_scores_at_most_total{bound=\"1.0\",name=\"sentiment\"} 7.0",
                        "fusewire_scores_at_most_total{bound=\"+Inf\",name=\"sentiment\"} 8.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,", "a", "2,1", "1,1", "NaN", "1,Infinity", "0;1"})
    void buckets_that_do_not_ascend_are_refused(String buckets) {
        MeasureEndpoint endpoint = endpoint("fusewire.scores", false, NAME, Map.of());
        assertThatThrownBy(() -> endpoint.setBuckets(buckets)).hasMessageContaining("buckets are ascending numbers");
    }

    @Test
    void texts_without_end_are_counted_though_not_remembered() throws Exception {
        registry.config().meterFilter(new MeterFilters(3));
        MeasureEndpoint endpoint = endpoint("fusewire.events", true, Map.of("type", "type"), Map.of());
        for (int i = 0; i < 1_100; i++) {
            process(endpoint, Map.of("type", "type-" + i));
        }
        assertThat(registry.get("fusewire.events").counters()).hasSize(4);
        assertThat(registry.get("fusewire.events")
                        .tag("type", "other")
                        .counter()
                        .count())
                .isEqualTo(1_097);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e308, -0.01, -1e308, 1.1e9, Double.NaN, Double.POSITIVE_INFINITY})
    void a_number_that_nobody_can_mean_spoils_no_counter_and_is_counted(double unbelievable) throws Exception {
        MeasureEndpoint endpoint = endpoint("fusewire.llm.cost.usd", true, Map.of("model", "model"), Map.of());
        endpoint.setBy("cost");
        process(endpoint, Map.of("model", "m", "source", "shop", "cost", 0.25));
        process(endpoint, Map.of("model", "m", "source", "shop", "cost", unbelievable));
        process(endpoint, Map.of("model", "m", "source", "shop", "cost", unbelievable));
        assertThat(registry.get("fusewire.llm.cost.usd").counter().count()).isEqualTo(0.25);
        assertThat(registry.get("fusewire.unbelievable")
                        .tags("metric", "fusewire.llm.cost.usd", "source", "shop")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e308, -1e308, Double.NaN, Double.NEGATIVE_INFINITY})
    void nor_does_it_spoil_a_histogram(double unbelievable) throws Exception {
        MeasureEndpoint endpoint = endpoint("fusewire.scores", false, Map.of("name", "name"), Map.of());
        endpoint.setBy("value");
        process(endpoint, Map.of("name", "n", "value", 1.7e12));
        process(endpoint, Map.of("name", "n", "value", unbelievable));
        process(endpoint, Map.of("name", "n", "value", unbelievable));
        assertThat(registry.get("fusewire.scores").summary().totalAmount()).isEqualTo(1.7e12);
        assertThat(registry.get("fusewire.unbelievable").counter().count()).isEqualTo(2);
    }

    @Test
    void a_source_that_uses_up_its_values_takes_none_from_another() throws Exception {
        registry.config().meterFilter(new MeterFilters(3));
        MeasureEndpoint endpoint = endpoint("fusewire.llm.tokens", true, Map.of("model", "model"), Map.of());
        for (int i = 0; i < 2_000; i++) {
            process(endpoint, Map.of("model", "invented-" + i, "source", "a"));
        }
        for (String model : List.of("gpt-4o", "claude", "invented-1", "gemini")) {
            process(endpoint, Map.of("model", model, "source", "b"));
        }
        assertThat(registry.get("fusewire.llm.tokens").counters().stream()
                        .map(counter -> counter.getId().getTags() + " " + (long) counter.count()))
                .containsExactlyInAnyOrder(
                        "[tag(model=invented-0)] 1",
                        "[tag(model=invented-1)] 2",
                        "[tag(model=invented-2)] 1",
                        "[tag(model=gpt-4o)] 1",
                        "[tag(model=claude)] 1",
                        "[tag(model=other)] 1998");
    }

    @Test
    void what_is_remembered_of_a_text_is_short() throws Exception {
        MeasureEndpoint endpoint = endpoint("fusewire.llm.tokens", true, Map.of("model", "model"), Map.of());
        WeakReference<String> text = new WeakReference<>("m".repeat(1_000_000));
        process(endpoint, Map.of("model", text.get()));
        assertThat(registry.get("fusewire.llm.tokens").counter().getId().getTag("model"))
                .hasSize(100);
        await().until(() -> {
            System.gc();
            return text.get() == null;
        });
        assertThat(registry.get("fusewire.llm.tokens").counter().count()).isEqualTo(1);
    }

    @Test
    void a_metric_without_a_name_is_refused() {
        assertThatThrownBy(() -> endpoint(" ", true, Map.of(), Map.of())).hasMessageContaining("a metric has a name");
    }

    private MeasureEndpoint endpoint(
            String metric, boolean counts, Map<String, Object> labels, Map<String, Object> tags) {
        return new MeasureEndpoint("fusewire:count/" + metric, null, registry, metric, counts, labels, tags);
    }

    private void process(MeasureEndpoint endpoint, Map<String, Object> labels) throws Exception {
        Exchange exchange = new DefaultExchange(camel);
        labels.forEach(exchange.getMessage()::setHeader);
        endpoint.createProducer().process(exchange);
    }
}
