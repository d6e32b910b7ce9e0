package io.fusewire.harness;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How long it took from an answer to PagerDuty.
 *
 * @param millis of those that arrived, in order
 * @param complete whether all arrived
 */
record Latencies(List<Long> millis, boolean complete) {

    /** Of events that were answered in a span of {@link System#nanoTime()}. */
    static Latencies ofPagerDuty(History history, long from, long to) {
        List<OptionalLong> all = history.accepted().stream()
                .filter(answer -> answer.event().pagerDuty().isPresent())
                .filter(answer -> answer.at() >= from && answer.at() < to)
                .map(answer -> latency(history, answer))
                .toList();
        List<Long> arrived = all.stream()
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .sorted()
                .toList();
        return new Latencies(arrived, arrived.size() == all.size());
    }

    private static OptionalLong latency(History history, History.Answer answer) {
        SampleEvent.IncidentChange change = answer.event().pagerDuty().orElseThrow();
        return history.pagerDuty(change.incident()).stream()
                .filter(arrival -> arrival.what().equals(change.action()))
                .mapToLong(arrival -> TimeUnit.NANOSECONDS.toMillis(Math.max(0, arrival.at() - answer.at())))
                .min();
    }

    long median() {
        return millis.isEmpty() ? 0 : millis.get(millis.size() / 2);
    }
}
