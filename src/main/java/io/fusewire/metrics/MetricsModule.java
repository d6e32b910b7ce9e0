package io.fusewire.metrics;

import static org.apache.camel.util.PropertiesHelper.extractProperties;

import io.fusewire.component.FusewireComponent;
import io.micrometer.core.instrument.MeterRegistry;

/** The words by which routes count. */
public record MetricsModule(MeterRegistry registry) {
    /** Gives the component the metrics' words. */
    public void register(FusewireComponent component) {
        for (String word : new String[] {"count", "record"}) {
            component.register(
                    word + "/<metric>",
                    (uri, owner, metric, parameters) -> new MeasureEndpoint(
                            uri,
                            owner,
                            registry,
                            metric,
                            word.equals("count"),
                            extractProperties(parameters, "label."),
                            extractProperties(parameters, "tag.")));
        }
    }
}
