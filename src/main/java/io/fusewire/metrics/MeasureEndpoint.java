package io.fusewire.metrics;

import io.fusewire.component.Steps.SendOnlyEndpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleConsumer;
import java.util.stream.DoubleStream;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * {@code fusewire:count/<metric>} adds to a counter, {@code fusewire:record/<metric>} puts a value into a histogram: by
 * 1, or by a numeric label, and not at all where the event lacks that label. {@code label.<tag>} takes a tag's text from
 * a label, {@code tag.<tag>} says it outright. A number that nobody can mean, such as a negative cost, is left out and counted
 * in {@code fusewire.unbelievable}, since one of them would spoil a sum for good. Micrometer's summaries pass over what is below
 * zero, and its buckets round fractions up: so the one is summed up apart, and of the others {@code buckets} counts. Camel's micrometer endpoints do this too, at a multiple of the time.
 */
public final class MeasureEndpoint extends SendOnlyEndpoint {
    private static final int LONGEST = 100;
    private static final int MOST_KNOWN = 1_000;

    /** Beyond it a sum would lose its cents, and by some way become infinite. */
    private static final double MOST_COUNTED = 1e9;

    /** Scores have a scale of their own, such as milliseconds since 1970. */
    private static final double MOST_RECORDED = 1e15;

    private static final String SOURCE = "source";

    private final MeterRegistry registry;
    private final String metric;
    private final boolean counts;
    private final Map<String, Object> labels;
    private final Map<String, Object> tags;
    private final Map<List<String>, DoubleConsumer> known = new ConcurrentHashMap<>();
    private String description = "";
    private String by = "";
    private double[] bounds = {};

    /**
     * @param counts whether it is a counter, or else a histogram
     * @param labels the label that each tag takes its text from
     * @param tags tags whose text is given
     */
    public MeasureEndpoint(
            String uri,
            Component component,
            MeterRegistry registry,
            String metric,
            boolean counts,
            Map<String, Object> labels,
            Map<String, Object> tags) {
        super(uri, component);
        if (metric.isBlank()) {
            throw new IllegalArgumentException(uri + ": a metric has a name, fusewire:count/<metric>");
        }
        this.registry = registry;
        this.metric = metric;
        this.counts = counts;
        this.labels = labels;
        this.tags = tags;
    }

    @Override
    protected void process(Exchange exchange) {
        measure(exchange.getMessage());
    }

    private void measure(Message message) {
        Object value = by.isEmpty() ? Integer.valueOf(1) : message.getHeader(by);
        if (value instanceof Number number) {
            List<String> texts = new ArrayList<>(labels.size() + 1);
            for (Object label : labels.values()) {
                texts.add(cut(String.valueOf(message.getHeader(String.valueOf(label)))));
            }
            String source = String.valueOf(message.getHeader(SOURCE));
            double amount = number.doubleValue();
            // NaN is in no range.
            if (counts ? amount >= 0 && amount <= MOST_COUNTED : Math.abs(amount) <= MOST_RECORDED) {
                texts.add(source);
                meter(texts).accept(amount);
            } else {
                Counter.builder("fusewire.unbelievable")
                        .description("Numbers of events that no metric takes in")
                        .tags("metric", metric, SOURCE, source)
                        .register(registry)
                        .increment();
            }
        }
    }

    /** As much of a tag's value as any registry sees; the rest is kept nowhere. */
    static String cut(String value) {
        return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
    }

    /** A sender may invent texts without end; the registry bounds them, and what is remembered here is bounded too. */
    private DoubleConsumer meter(List<String> texts) {
        DoubleConsumer found = known.get(texts);
        if (found == null) {
            found = register(texts);
            if (known.size() < MOST_KNOWN) {
                known.put(texts, found);
            }
        }
        return found;
    }

    /** @param texts one for each label, and then the source whose values they are */
    private DoubleConsumer register(List<String> texts) {
        List<Tag> all = new ArrayList<>();
        tags.forEach((name, text) -> all.add(Tag.of(name, String.valueOf(text))));
        int next = 0;
        for (String name : labels.keySet()) {
            all.add(Tag.of(name, texts.get(next++)));
        }
        all.add(Tag.of(MeterFilters.WHOSE, texts.get(next)));
        if (counts) {
            Counter counter =
                    Counter.builder(metric).description(description).tags(all).register(registry);
            return counter::increment;
        }
        DistributionSummary above = summary(metric, description, all);
        String below = "How far below zero values of " + metric + " are, which it takes for zero";
        List<Counter> atMost = new ArrayList<>();
        for (double bound : bounds) {
            atMost.add(Counter.builder(metric + ".at.most")
                    .description("Values of " + metric + " that are bound at most")
                    .tags(all)
                    .tag("bound", bound == Double.POSITIVE_INFINITY ? "+Inf" : String.valueOf(bound))
                    .register(registry));
        }
        return amount -> {
            above.record(Math.max(0, amount));
            if (amount < 0) {
                summary(metric + ".below.zero", below, all).record(-amount);
            }
            for (int i = bounds.length - 1; i >= 0 && amount <= bounds[i]; i--) {
                atMost.get(i).increment();
            }
        };
    }

    private DistributionSummary summary(String name, String tells, List<Tag> all) {
        return DistributionSummary.builder(name).description(tells).tags(all).register(registry);
    }

    /** What the metric tells, for Prometheus's HELP line. */
    public void setDescription(String description) {
        this.description = description;
    }

    /** The label that holds the number; empty to count by 1. */
    public void setBy(String by) {
        this.by = by;
    }

    /**
     * For a histogram of fractions, or of values below zero: the bounds up to which values are counted, comma-separated and
     * ascending, by {@code <metric>.at.most} with the tag {@code le}.
     */
    public void setBuckets(String buckets) {
        DoubleStream.Builder all = DoubleStream.builder();
        double last = Double.NEGATIVE_INFINITY;
        for (String bound : buckets.split(",", -1)) {
            double next = Double.NaN;
            try {
                next = Double.parseDouble(bound.strip());
            } catch (NumberFormatException e) {
                // Refused below, as whatever isn't ascending.
            }
            if (!(next > last) || Double.isInfinite(next)) {
                throw new IllegalArgumentException(
                        getEndpointUri() + ": buckets are ascending numbers with commas between, such as 0.5,1");
            }
            all.add(next);
            last = next;
        }
        bounds = all.add(Double.POSITIVE_INFINITY).build().toArray();
    }
}
