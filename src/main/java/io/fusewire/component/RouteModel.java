package io.fusewire.component;

import static org.apache.camel.model.ProcessorDefinitionHelper.filterTypeInOutputs;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/** What a route's model says in the scheme {@code fusewire}: whether it takes the events, which sink it empties, what it raises. */
public final class RouteModel {
    private static final Pattern EVENTS = Pattern.compile("fusewire:(?://)?events(?:\\?.*)?");
    private static final Pattern SINK = Pattern.compile("^fusewire:(?://)?(deliveries|in-process)/([^?]+)");
    private static final Pattern ALERT = Pattern.compile("^fusewire:(?://)?alert/([^?]+)(?:\\?(?:.*&)?sinks=([^&]*))?");
    private static final Pattern RESOLVES = Pattern.compile("[?&]resolve=true(&.*)?$");
    private static final Pattern GROUPING =
            Pattern.compile("[?&](group(?:By|Wait|Interval)|repeatInterval|resolveAfter|unless)=([^&]*)");
    private static final Pattern RENDER =
            Pattern.compile("^fusewire:(?://)?render(?:/([^?]+))?(?:\\?(?:.*&)?format=([^&]*))?");
    private static final Pattern EVERY_EVENT =
            Pattern.compile("fusewire:(?://)?in-process/[^?]+\\?(?:.*&)?everyEvent=true(?:&.*)?");
    private static final Pattern ANY_STEPS = Pattern.compile("anySteps=.*");
    private static final Pattern EVENT_LOOPS = Pattern.compile("fusewire-webhooks:.*");

    private RouteModel() {}

    /**
     * A message that a sink's route makes.
     *
     * @param template its name, or "" for the one that fits
     * @param format the format's name, as it is written
     */
    public record Rendered(String template, String format) {}

    /**
     * A place where a rule raises its alert, and the sinks that it names there.
     *
     * @param resolves whether it says there that the incident is over
     * @param grouping what it says there of how its alerts join, by option
     */
    public record Raised(String rule, List<String> sinks, boolean resolves, Map<String, String> grouping) {}

    /** A route that is in force, by its id. */
    public static RouteDefinition of(CamelContext camel, String id) {
        return camel.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(id);
    }

    /** Whether it takes the events. */
    public static boolean takesEvents(RouteDefinition route) {
        return EVENTS.matcher(from(route)).matches();
    }

    /** The routes that take the events, in the order in which they judge: by the name of their file. */
    public static List<RouteDefinition> rules(CamelContext camel) {
        return camel.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions().stream()
                .filter(RouteModel::takesEvents)
                .sorted(Comparator.comparing(RouteModel::fileName))
                .toList();
    }

    /** The rules that a route has and does not run, because a file beside the jar has one of the same name. */
    public static Set<String> replaced(CamelContext camel, RouteDefinition route) {
        return isOwn(route)
                ? Set.of()
                : rules(camel).stream()
                        .filter(RouteModel::isOwn)
                        .flatMap(own -> alerts(own).stream())
                        .map(Raised::rule)
                        .collect(Collectors.toSet());
    }

    /** Whether it sets options that hold for all routes which take the events. */
    public static boolean hasOptions(RouteDefinition route) {
        return hasOptions(from(route));
    }

    /** Whether the URI of {@code fusewire:events} sets options that hold for all routes which take them. */
    public static boolean hasOptions(String events) {
        return events.contains("?")
                && !Stream.of(events.replaceFirst(".*?[?]", "").split("&")).allMatch(ANY_STEPS.asMatchPredicate());
    }

    /** Whether it says that it has any steps, and not only those of rules. */
    public static boolean hasAnySteps(RouteDefinition route) {
        return Stream.of(from(route).split("[?&]")).anyMatch("anySteps=true"::equals);
    }

    /** Whether it is none of the jar's routes. */
    public static boolean isOwn(RouteDefinition route) {
        return route.getResource() == null || !route.getResource().getLocation().startsWith("classpath:");
    }

    private static String fileName(RouteDefinition route) {
        String place = route.getResource() == null
                ? String.valueOf(route.getId())
                : route.getResource().getLocation();
        return place.substring(place.lastIndexOf('/') + 1);
    }

    /** Whether its steps run on the HTTP server's event loops, where none may wait. */
    public static boolean runsOnEventLoops(RouteDefinition route) {
        return EVENT_LOOPS.matcher(from(route)).matches();
    }

    /** Whether the step tells the rules that an event was stored. */
    public static boolean tellsTheRules(ToDefinition to) {
        return EVENTS.matcher(to.getEndpointUri()).matches();
    }

    /** The sink that it serves, if it serves one. */
    public static Optional<String> sink(RouteDefinition route) {
        return sink(route, "deliveries|in-process");
    }

    /** The sink with a queue that it empties, if it does. */
    public static Optional<String> queuedSink(RouteDefinition route) {
        return sink(route, "deliveries");
    }

    /** Whether it serves a sink that hears of every event, whatever the rules make of it. */
    public static boolean isToldOfEveryEvent(RouteDefinition route) {
        return EVERY_EVENT.matcher(from(route)).matches();
    }

    private static Optional<String> sink(RouteDefinition route, String kinds) {
        Matcher sink = SINK.matcher(from(route));
        return sink.find() && sink.group(1).matches(kinds) ? Optional.of(sink.group(2)) : Optional.empty();
    }

    /** The alerts that it raises, in the order in which they stand. */
    public static List<Raised> alerts(RouteDefinition route) {
        return filterTypeInOutputs(route.getOutputs(), ToDefinition.class).stream()
                .flatMap(to -> alert(to).stream())
                .toList();
    }

    /** The names of all rules that may raise an alert. */
    public static Set<String> ruleNames(CamelContext camel) {
        return rules(camel).stream()
                .flatMap(route -> alerts(route).stream())
                .map(Raised::rule)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether an event of the rule says that its incident is over. */
    public static boolean recovers(CamelContext camel, String rule) {
        return rules(camel).stream()
                .flatMap(route -> alerts(route).stream())
                .anyMatch(raised -> raised.rule().equals(rule) && raised.resolves());
    }

    public static Optional<Raised> alert(ToDefinition to) {
        Matcher alert = ALERT.matcher(to.getEndpointUri());
        if (!alert.find()) {
            return Optional.empty();
        }
        List<String> sinks = alert.group(2) == null
                ? List.of()
                : Stream.of(alert.group(2).split(",")).map(String::strip).toList();
        boolean resolves = RESOLVES.matcher(to.getEndpointUri()).find();
        Map<String, String> grouping = new TreeMap<>();
        GROUPING.matcher(to.getEndpointUri()).results().forEach(said -> grouping.put(said.group(1), said.group(2)));
        return Optional.of(new Raised(alert.group(1), sinks, resolves, grouping));
    }

    /** What it renders first; empty where it renders nothing. */
    public static Optional<Rendered> rendered(RouteDefinition route) {
        return filterTypeInOutputs(route.getOutputs(), ToDefinition.class).stream()
                .map(to -> RENDER.matcher(to.getEndpointUri()))
                .filter(Matcher::find)
                .findFirst()
                .map(render -> new Rendered(
                        render.group(1) == null ? "" : render.group(1),
                        render.group(2) == null ? "text" : render.group(2)));
    }

    /** Whether one of its steps sends to that endpoint, whatever the parameters. */
    public static boolean calls(RouteDefinition route, String uri) {
        return filterTypeInOutputs(route.getOutputs(), ToDefinition.class).stream()
                .anyMatch(to -> to.getEndpointUri().replaceFirst("\\?.*", "").equals(uri));
    }

    private static String from(RouteDefinition route) {
        return route.getInput().getEndpointUri();
    }
}
