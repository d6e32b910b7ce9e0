package io.fusewire.embed;

import io.fusewire.config.Settings;
import io.fusewire.metrics.MeterFilters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/** Our meters in a host's registry: bounded, while the host's own are left alone, and gone when we go. */
public final class HostMeters implements AutoCloseable {
    private final MeterRegistry host;
    private final CompositeMeterRegistry ours = new CompositeMeterRegistry();

    /** @param given the host's, or null for the one in its Camel registry */
    public HostMeters(CamelContext camel, MeterRegistry given) {
        this.host = given != null ? given : CamelContextHelper.findSingleByType(camel, MeterRegistry.class);
    }

    public MeterRegistry open(Settings settings) {
        MeterFilters.in(ours, settings.number(MeterFilters.LIMIT));
        if (host != null) {
            ours.add(host);
        }
        return ours;
    }

    @Override
    public void close() {
        if (host != null) {
            ours.getMeters().forEach(meter -> host.remove(meter.getId()));
        }
        ours.close();
    }
}
