package io.fusewire.harness;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How long it took from an answer to a sink.
 *
 * @param millis of those that arrived, in order
 * @param complete whether all arrived
 */
record Latencies(List<Long> millis, boolean complete) {

    /** Of events that were answered in a span of {@link System#nanoTime()}. */
    static Latencies ofPagerDuty(History history, long from, long to) {
        return of(
                history,
                answer -> answer.event().pagerDuty().isPresent() && answer.at() >= from && answer.at() < to,
                answer -> toPagerDuty(history, answer));
    }

    /** As {@link #ofPagerDuty}, to Slack. */
    static Latencies ofSlack(History history, long from, long to) {
        return of(
                history,
                answer -> answer.event().slack() && answer.at() >= from && answer.at() < to,
                answer -> history.slack(answer.event().token()).stream()
                        .mapToLong(at -> millis(at, answer))
                        .min());
    }

    private static Latencies of(
            History history, Predicate<History.Answer> which, Function<History.Answer, OptionalLong> latency) {
        List<OptionalLong> all =
                history.accepted().stream().filter(which).map(latency).toList();
        List<Long> arrived = all.stream()
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .sorted()
                .toList();
        return new Latencies(arrived, arrived.size() == all.size());
    }

    private static OptionalLong toPagerDuty(History history, History.Answer answer) {
        SampleEvent.IncidentChange change = answer.event().pagerDuty().orElseThrow();
        return history.pagerDuty(change.incident()).stream()
                .filter(arrival -> arrival.what().equals(change.action()))
                .mapToLong(arrival -> millis(arrival.at(), answer))
                .min();
    }

    private static long millis(long arrived, History.Answer answer) {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(0, arrived - answer.at()));
    }

    long median() {
        return millis.isEmpty() ? 0 : millis.get(millis.size() / 2);
    }

    long longest() {
        return millis.isEmpty() ? 0 : millis.get(millis.size() - 1);
    }

    @Override
    public String toString() {
        return "median %d ms, longest %d ms, of %d".formatted(median(), longest(), millis.size());
    }
}
