package io.fusewire.message;

import io.fusewire.message.Incident.Kind;
import io.fusewire.message.Incident.Sample;
import io.fusewire.message.Incident.Text;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An incident to test with, as a sink is told of it: by default 1,204 traces that failed within 17 minutes. */
final class ToldIncident {
    static final Instant SINCE = Instant.parse("2026-08-22T08:21:04.250Z");

    Kind kind;
    long count = 1204;
    long more = 388;
    Instant since = SINCE;
    Duration span = Duration.ofMinutes(17);
    Duration closedAfter;
    String reason;
    String who;
    Map<String, String> group = new LinkedHashMap<>(Map.of("source", "default"));
    List<Text> texts = List.of(
            new Text("429 Too Many Requests from provider", 1004),
            new Text(
                    "Connection reset by peer while reading the answer of https://api.openai.com/v1/chat/completions",
                    150),
            new Text("tool call failed: search_orders(customer=\"c-4711\")", 50));
    List<Sample> samples = IntStream.range(0, 5)
            .mapToObj(i -> new Sample(i + "b2e0c0f9f7a4a0c8b1d2e3f4a5b6c7" + i, i == 2 ? "obs-2" : "none"))
            .toList();
    boolean folded;

    ToldIncident(Kind kind) {
        this.kind = kind;
        group.put("project", "clx0proj00000aa1b2c3d4e5f");
        group.put("error", "<n> Too Many Requests from provider");
        switch (kind) {
            case OPENED -> one();
            case STILL_OPEN -> more = 0;
            case CLOSED -> closed("quiet", Duration.ofMinutes(32));
            default -> {
                // As it is.
            }
        }
    }

    final ToldIncident one() {
        count = 1;
        more = kind == Kind.STILL_OPEN ? 0 : 1;
        span = Duration.ZERO;
        texts = texts.subList(0, 1);
        samples = samples.subList(0, 1);
        return this;
    }

    final ToldIncident closed(String why, Duration after) {
        reason = why;
        closedAfter = after;
        return this;
    }

    /** Of one score or one monitor, which have a name and no error. */
    ToldIncident named(String label, String name) {
        group.remove("error");
        group.put(label, name);
        texts = List.of();
        samples = label.equals("monitor") ? List.of() : samples;
        return this;
    }

    Incident incident() {
        return new Incident(
                "langfuse:default:clx0proj00000aa1b2c3d4e5f:trace-error:x",
                42L,
                kind,
                count,
                more,
                since,
                since.plus(span),
                closedAfter == null ? null : since.plus(closedAfter),
                reason,
                who,
                group,
                texts,
                samples,
                folded);
    }

    /** The alert, in this incident. */
    Alert of(Alert alert) {
        return new Alert(
                alert.eventKey(),
                alert.source(),
                alert.event(),
                alert.labels(),
                alert.rule(),
                alert.severity(),
                alert.resolve(),
                incident(),
                alert.receivedAt());
    }

    /** Templates that tell the time so long after the incident began. */
    static Templates templates(Duration after, String zone) {
        Clock clock = Clock.fixed(SINCE.plus(after), ZoneId.of(zone));
        return new Templates(Path.of("absent"), Alerts.BASE, Map.of(), clock);
    }
}
