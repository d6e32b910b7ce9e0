package io.fusewire.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The histograms' buckets. Those of tokens are OpenTelemetry's (semantic conventions for generative AI): powers of four. */
public final class Buckets implements MeterFilter {
    private static final Map<String, double[]> BUCKETS = Map.of(
            "fusewire.request.duration", nanoseconds(1, 2, 5, 10, 20, 50, 100, 250, 500, 1_000, 2_500),
            "fusewire.delivery.latency", nanoseconds(100, 500, 1_000, 5_000, 30_000, 60_000, 600_000, 3_600_000),
            "fusewire.scores",
                    DoubleStream.iterate(0.1, b -> b < 1.05, b -> b + 0.1)
                            .map(b -> Math.round(b * 10) / 10.0)
                            .toArray(),
            "gen_ai.client.token.usage",
                    DoubleStream.iterate(1, b -> b <= 67_108_864, b -> b * 4).toArray());

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
