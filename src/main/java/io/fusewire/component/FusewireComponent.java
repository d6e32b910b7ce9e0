package io.fusewire.component;

import io.fusewire.delivery.AddressEndpoint;
import io.fusewire.delivery.OutcomeEndpoint;
import io.fusewire.delivery.RenderEndpoint;
import io.fusewire.delivery.SignEndpoint;
import io.fusewire.delivery.SinkEndpoint;
import io.fusewire.event.Event;
import io.fusewire.metrics.MeasureEndpoint;
import io.fusewire.poll.PollStepEndpoint;
import io.fusewire.poll.PollsEndpoint;
import io.fusewire.rules.EventsConsumer;
import io.fusewire.rules.EventsEndpoint;
import io.fusewire.rules.RaiseAlertEndpoint;
import io.fusewire.rules.RuleEvaluation;
import io.fusewire.webhook.KeepEndpoint;
import io.fusewire.webhook.RespondEndpoint;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;

/** The component {@code fusewire}; see the package's description. */
public final class FusewireComponent extends DefaultComponent {
    private final Ground ground;
    private final Map<String, SinkEndpoint> sinks = new ConcurrentHashMap<>();
    private volatile EventsConsumer desk;

    public FusewireComponent(Ground ground) {
        this.ground = ground;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        String verb = remaining.contains("/") ? remaining.substring(0, remaining.indexOf('/')) : remaining;
        String object = remaining.substring(Math.min(verb.length() + 1, remaining.length()));
        Endpoint endpoint =
                switch (verb) {
                    case "polls" -> new PollsEndpoint(uri, this);
                    case "ask", "page" -> new PollStepEndpoint(uri, this, verb);
                    case "events" -> new EventsEndpoint(uri, this);
                    case "deliveries" -> new SinkEndpoint(uri, this, object, true);
                    case "alerts" -> new SinkEndpoint(uri, this, object, false);
                    case "alert" -> new RaiseAlertEndpoint(uri, this, object);
                    case "render" -> new RenderEndpoint(uri, this, object);
                    case "address" -> new AddressEndpoint(uri, this);
                    case "sign" -> new SignEndpoint(uri, this);
                    case "keep" -> new KeepEndpoint(uri, this, ground.inbox());
                    case "answer" -> new RespondEndpoint(uri, this, ground.answered(), object);
                    case "count", "record" -> new MeasureEndpoint(
                            uri,
                            this,
                            ground.meters().registry(),
                            object,
                            verb.equals("count"),
                            PropertiesHelper.extractProperties(parameters, "label."),
                            PropertiesHelper.extractProperties(parameters, "tag."));
                    case "try-later", "hold", "dead-letter" -> new OutcomeEndpoint(uri, this, verb);
                    default -> throw new IllegalArgumentException("fusewire:" + remaining + ": there is no '" + verb
                            + "'; there are keep, polls, ask, page, events, deliveries/<sink>, alerts/<sink>, alert/<rule>, render, address, sign, "
                            + "answer/<status>, count/<metric>, record/<metric>, try-later, hold, dead-letter");
                };
        setProperties(endpoint, parameters);
        if (!parameters.isEmpty()) {
            throw new IllegalArgumentException("fusewire:" + verb + " has no option '"
                    + String.join("', '", parameters.keySet()) + "'; there are " + options(endpoint) + ".");
        }
        return endpoint;
    }

    private static String options(Endpoint endpoint) {
        return Arrays.stream(endpoint.getClass().getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("set"))
                .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                .sorted()
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), names -> names.isEmpty() ? "none" : names));
    }

    public void desk(EventsConsumer consumer) {
        desk = consumer;
    }

    /** What the rules make of an event that is not stored. Nobody is told. */
    public RuleEvaluation tryOut(Event event) {
        if (desk == null) {
            throw new IllegalStateException("no route runs the rules: one must be from fusewire:events");
        }
        return desk.tryOut(event, Instant.now());
    }

    public Ground ground() {
        return ground;
    }

    /** The sink's queue holds something new. */
    public void wake(String sink) {
        SinkEndpoint found = sinks.get(sink);
        if (found != null) {
            found.filled().raise();
        }
    }

    public void open(SinkEndpoint sink) {
        sinks.put(sink.sink(), sink);
    }

    public void close(SinkEndpoint sink) {
        sinks.remove(sink.sink(), sink);
    }

    /** The sink of that name, or null while no route empties it. */
    public SinkEndpoint sink(String name) {
        return sinks.get(name);
    }

    /** The sinks with a queue that a route empties. */
    public Set<String> queuedSinks() {
        return sinks.values().stream()
                .filter(SinkEndpoint::queued)
                .map(SinkEndpoint::sink)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
