package io.fusewire.rules;

import io.fusewire.delivery.SinkEndpoint;
import io.fusewire.delivery.SinkRegistry;
import io.fusewire.message.Incident;
import io.fusewire.rules.IncidentTrial.Told;
import io.fusewire.store.Decision;
import io.fusewire.store.Decision.Addressed;
import io.fusewire.store.Decision.Joined;
import io.fusewire.store.Deliveries;
import io.fusewire.store.Delivery;
import io.fusewire.store.Delivery.Settlement;
import io.fusewire.store.IncidentState.IncidentNews;
import io.fusewire.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sinks of a trial: each takes at once what is due, and sends nothing. One thread. */
final class TrialSinks {
    private final SinkRegistry sinks;
    private final Deliveries deliveries;
    private final List<Told> told = new ArrayList<>();

    TrialSinks(SinkRegistry sinks, Store store) {
        this.sinks = sinks;
        this.deliveries = new Deliveries(store);
    }

    /** What each was told so far, in order. */
    List<Told> told() {
        return told;
    }

    /** The decision where no sink is off. */
    static Decision reached(Decision decision) {
        List<Joined> joined = decision.joined().stream()
                .map(alert -> new Joined(
                        alert.spec(),
                        alert.cause(),
                        alert.at(),
                        alert.text(),
                        alert.trace(),
                        alert.silence(),
                        on(alert.sinks())))
                .toList();
        return new Decision(decision.claimed(), on(decision.alerts()), joined, null, null);
    }

    private static List<Addressed> on(List<Addressed> sinks) {
        return sinks.stream()
                .map(sink -> new Addressed(
                        sink.sink(),
                        sink.destination(),
                        sink.rule(),
                        sink.severity(),
                        sink.resolve(),
                        sink.incident(),
                        null))
                .toList();
    }

    /** @param at since the beginning */
    void tell(Duration at) {
        for (String name : sinks.queuedSinks()) {
            SinkEndpoint sink = sinks.sink(name);
            Optional<Delivery> next = claim(name);
            while (next.isPresent()) {
                IncidentNews news = next.get().news();
                IncidentNews.Kind kind = news == null ? null : news.kind(sink.isOpensFirst());
                told.add(told(at, name, news, kind));
                deliveries.settle(Settlement.told(next.get(), kind, Duration.ZERO));
                next = claim(name);
            }
        }
    }

    private Optional<Delivery> claim(String sink) {
        return deliveries.claim(sink, true, Duration.ZERO, IncidentTrial.LEASE);
    }

    private static Told told(Duration at, String sink, IncidentNews news, IncidentNews.Kind kind) {
        if (kind == null) {
            return new Told(at, sink, "message", 1, null);
        }
        String reason = kind == IncidentNews.Kind.CLOSED ? news.incident().reason() : null;
        return new Told(
                at,
                sink,
                Incident.Kind.valueOf(kind.name()).word(),
                news.incident().count(),
                reason);
    }
}
