package io.fusewire.rules;

import io.fusewire.component.Steps;
import io.fusewire.delivery.SinkEndpoint;
import io.fusewire.event.Event;
import io.fusewire.message.Alert;
import io.fusewire.message.Incident;
import io.fusewire.store.ActiveSilences;
import io.fusewire.store.Decision;
import io.fusewire.store.Decision.Addressed;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.Decision.Joined;
import io.fusewire.store.PendingEvents.ClaimedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/**
 * One event while the rules look at it: what they said so far. A sink gets one alert an event; where two
 * rules name it, the first gives the alert its name and the graver severity stays.
 */
public final class RuleEvaluation {
    private static final String PROPERTY = "FusewireRuleEvaluation";

    /** A rule that fired, and the sinks that it named. */
    record Fired(AlertSpec spec, List<String> sinks) {}

    private final ClaimedEvent claimed;
    private final Event event;
    private final List<Fired> fired = new ArrayList<>();
    private final Map<String, AlertSpec> specs = new LinkedHashMap<>();
    private Set<String> replaced = Set.of();
    private volatile String route;
    private String brokenRule;
    private String reason;
    private boolean queued;
    private Exchange tested;

    RuleEvaluation(ClaimedEvent claimed, Event event) {
        this.claimed = claimed;
        this.event = event;
    }

    static RuleEvaluation of(Exchange exchange) {
        RuleEvaluation found = exchange.getProperty(PROPERTY, RuleEvaluation.class);
        if (found == null) {
            throw new IllegalStateException("only a rule, below fusewire:events, can raise an alert");
        }
        return found;
    }

    /**
     * Before it goes into a rules route.
     *
     * @param without rules that raise no alert there
     */
    void enters(String next, Set<String> without) {
        route = next;
        replaced = without;
    }

    /** The rules route that it is in, or was last. Any thread may ask. */
    String route() {
        return route;
    }

    /** For one route, whose steps may change it. */
    void in(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        exchange.getMessage().setBody(event);
        exchange.getMessage().setHeaders(event.labels());
    }

    /** For rules that only test: one for the routes of all of them. */
    Exchange tested(CamelContext camel) {
        if (tested == null) {
            tested = Steps.exchange(camel, event, event.labels(), Map.of());
            tested.setProperty(PROPERTY, this);
        }
        return tested;
    }

    /** The same event, of which no rule has said anything yet. */
    RuleEvaluation apart() {
        return new RuleEvaluation(claimed, event);
    }

    /** Takes over what rules said elsewhere. */
    void add(RuleEvaluation other) {
        other.fired.forEach(one -> raise(one.spec, one.sinks));
        if (other.brokenRule != null) {
            broken(other.brokenRule, other.reason);
        }
    }

    void raise(AlertSpec spec, List<String> sinks) {
        if (replaced.contains(spec.rule())) {
            return;
        }
        fired.add(new Fired(spec, sinks));
        sinks.forEach(sink -> specs.merge(sink, spec, AlertSpec::graver));
    }

    /** Notes the first rule that failed; the others go on. */
    void broken(String rule, String why) {
        if (brokenRule == null) {
            brokenRule = rule;
            reason = why;
        }
    }

    long id() {
        return claimed.event().id();
    }

    Instant receivedAt() {
        return claimed.event().receivedAt();
    }

    Event event() {
        return event;
    }

    /** Whether its rules ran before, and one of them failed. */
    boolean isReplayed() {
        return claimed.replayed();
    }

    /** Every rule that fired, in their order. */
    List<Fired> fired() {
        return fired;
    }

    /** The first rule that failed, or null. */
    String brokenRule() {
        return brokenRule;
    }

    /** Why it failed, or null. */
    String reason() {
        return reason;
    }

    /** By sink, what it is to be told. */
    Map<String, AlertSpec> specs() {
        return specs;
    }

    /** In a word, for a metric; known once it is decided. */
    String outcome() {
        if (brokenRule != null) {
            return "broken_rule";
        }
        return queued ? "alert" : "quiet";
    }

    Alert alert(AlertSpec spec) {
        return alert(spec, incident(spec));
    }

    /** @param incident what sinks know it by */
    Alert alert(AlertSpec spec, String incident) {
        return new Alert(
                claimed.event().key(),
                claimed.event().source(),
                event.json(),
                event.labels(),
                spec.rule(),
                spec.severity(),
                spec.resolve(),
                Incident.ofItsOwn(incident),
                claimed.event().receivedAt());
    }

    /** Of rules that name one sink, those that a silence holds give way. */
    Decision decide(Function<String, SinkEndpoint> sinks, ActiveSilences silences) {
        AlertRouting routing = new AlertRouting(this, claimed.event().receivedAt(), sinks, silences);
        List<Addressed> own = routing.own();
        List<Joined> joined = routing.joined();
        queued = !own.isEmpty() || !joined.isEmpty();
        return new Decision(claimed, own, joined, brokenRule, reason);
    }

    String incident(AlertSpec spec) {
        return Alert.incident(
                event.source(), event.label("project"), spec.rule(), event.label("subject"), event.type());
    }
}
