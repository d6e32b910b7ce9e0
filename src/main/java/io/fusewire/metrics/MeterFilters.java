package io.fusewire.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds the distinct values of every label: the first ones keep their name, later ones share {@code other}. So an
 * event's text can never fill Prometheus. Drops the label that names the Camel context. Thread-safe.
 */
public final class MeterFilters implements MeterFilter {
    private static final String OTHER = "other";
    private static final int LONGEST = 100;

    private final int most;
    private final Map<String, Set<String>> seen = new ConcurrentHashMap<>();

    /** @param most distinct values of one label, over all meters */
    public MeterFilters(int most) {
        this.most = most;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith("fusewire") && !id.getName().startsWith("gen_ai")) {
            return id;
        }
        List<Tag> tags = new ArrayList<>();
        for (Tag tag : id.getTags()) {
            if (!tag.getKey().equals("camelContext")) {
                tags.add(Tag.of(tag.getKey(), bounded(tag.getKey(), tag.getValue())));
            }
        }
        return id.replaceTags(tags);
    }

    private String bounded(String label, String value) {
        String cut = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
        Set<String> values = seen.computeIfAbsent(label, any -> ConcurrentHashMap.newKeySet());
        if (values.contains(cut)) {
            return cut;
        }
        synchronized (values) {
            return values.size() < most && values.add(cut) || values.contains(cut) ? cut : OTHER;
        }
    }
}
