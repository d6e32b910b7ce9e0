package io.fusewire.metrics;

import io.fusewire.component.FailureReason;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.DoubleStream;

/**
 * What our meters are held to in any registry; other meters are left as they are. The distinct values of every label are
 * bounded for each source: the first ones keep their name, later ones share {@code other}, so an event's text can never fill
 * Prometheus, nor take the names of another source's values; and the label that names the Camel context is dropped. Histograms get their buckets, those of durations in
 * nanoseconds, those of tokens as OpenTelemetry's (semantic conventions for generative AI): powers of four. Thread-safe.
 */
public final class MeterFilters implements MeterFilter {
    /** The property of how many values a label may have. */
    public static final String LIMIT = "fusewire.metrics.max-label-values";

    /** The tag that says of which source a meter's other tags are; no registry shows it. */
    static final String WHOSE = "fusewire.whose";

    private static final String OTHER = "other";
    private static final Map<String, double[]> BUCKETS = Map.of(
            "fusewire.request.duration", nanoseconds(1, 2, 5, 10, 20, 50, 100, 250, 500, 1_000, 2_500),
            "fusewire.delivery.latency", nanoseconds(100, 500, 1_000, 5_000, 30_000, 60_000, 600_000, 3_600_000),
            "gen_ai.client.token.usage",
                    DoubleStream.iterate(1, b -> b <= 67_108_864, b -> b * 4).toArray());

    private final int most;
    private final Map<String, Set<String>> seen = new ConcurrentHashMap<>();

    /** @param most distinct values of one label that one source may bring, over all meters */
    public MeterFilters(int most) {
        this.most = most;
    }

    /** Holds a registry's meters to it. */
    public static <T extends MeterRegistry> T in(T registry, int most) {
        registry.config().meterFilter(new MeterFilters(most));
        return registry;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith("fusewire") && !id.getName().startsWith("gen_ai")) {
            return id;
        }
        List<Tag> tags = new ArrayList<>();
        for (Tag tag : id.getTags()) {
            if (!tag.getKey().equals("camelContext") && !tag.getKey().equals(WHOSE)) {
                String value = FailureReason.line(tag.getValue());
                tags.add(Tag.of(tag.getKey(), bounded(tag.getKey() + " " + id.getTag(WHOSE), value)));
            }
        }
        return id.replaceTags(tags);
    }

    private String bounded(String label, String value) {
        String cut = MeasureEndpoint.cut(value);
        Set<String> values = seen.computeIfAbsent(label, any -> ConcurrentHashMap.newKeySet());
        if (values.contains(cut)) {
            return cut;
        }
        synchronized (values) {
            return values.size() < most && values.add(cut) || values.contains(cut) ? cut : OTHER;
        }
    }

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        double[] buckets = BUCKETS.get(id.getName());
        return buckets == null
                ? config
                : DistributionStatisticConfig.builder()
                        .serviceLevelObjectives(buckets)
                        .build()
                        .merge(config);
    }

    private static double[] nanoseconds(long... milliseconds) {
        double[] buckets = new double[milliseconds.length];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = Duration.ofMillis(milliseconds[i]).toNanos();
        }
        return buckets;
    }
}
