package io.fusewire.cli;

import static org.apache.camel.model.ProcessorDefinitionHelper.filterTypeInOutputs;

import io.fusewire.component.RouteModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/** The routes in force as a Mermaid flowchart: who hands events to whom, and which rule tells which sink. */
final class RoutesPicture {
    private static final String STORE = "store";

    private final Model model;
    private final Map<String, Set<String>> groups = new LinkedHashMap<>();
    private final Map<String, Set<String>> edges = new TreeMap<>();
    private final Map<String, String> byInput = new TreeMap<>();

    private RoutesPicture(Model model) {
        this.model = model;
        for (String group : new String[] {"in", "accept", STORE, "rules", "sinks", "kamelets"}) {
            groups.put(group, new TreeSet<>());
        }
    }

    /** Routes that neither take events in nor pass them on, such as admin's, are left out. */
    static String of(Model model) {
        RoutesPicture picture = new RoutesPicture(model);
        List<RouteDefinition> routes = model.getRouteDefinitions().stream()
                .filter(route -> !route.getInput().getEndpointUri().startsWith("kamelet:"))
                .toList();
        routes.forEach(route -> picture.byInput.put(input(route), route.getRouteId()));
        routes.forEach(picture::draw);
        return picture.text();
    }

    private void draw(RouteDefinition route) {
        String id = route.getRouteId();
        Set<String> kamelets = new LinkedHashSet<>();
        boolean passesOn = false;
        for (ToDefinition to : filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
            String uri = path(to.getEndpointUri());
            if (RouteModel.tellsTheRules(to)) {
                passesOn = true;
                edge(id, STORE, "");
            } else if (byInput.containsKey(uri)) {
                passesOn = true;
                edge(id, byInput.get(uri), "");
            } else if (uri.startsWith("kamelet:")) {
                kamelets.add(uri.split("[:/]")[1]);
            }
        }
        String group = group(route, passesOn);
        if (group.isEmpty()) {
            return;
        }
        groups.get(group).add(id);
        if (RouteModel.takesEvents(route)) {
            groups.get(STORE).add(STORE);
            edge(STORE, id, "");
        }
        if (RouteModel.isToldOfEveryEvent(route)) {
            edge(STORE, id, "every event");
        }
        RouteModel.alerts(route)
                .forEach(raised -> raised.sinks().forEach(sink -> edge(id, served(sink), raised.rule())));
        kamelets.forEach(kamelet -> {
            groups.get("kamelets").add(kamelet);
            edge(id, kamelet, "");
        });
    }

    private static String group(RouteDefinition route, boolean passesOn) {
        if (RouteModel.takesEvents(route)) {
            return "rules";
        }
        if (RouteModel.sink(route).isPresent()) {
            return "sinks";
        }
        if (!passesOn) {
            return "";
        }
        return input(route).startsWith("direct:") ? "accept" : "in";
    }

    private String served(String sink) {
        return model.getRouteDefinitions().stream()
                .filter(route -> RouteModel.sink(route).filter(sink::equals).isPresent())
                .map(RouteDefinition::getRouteId)
                .findFirst()
                .orElse(sink);
    }

    private void edge(String from, String to, String word) {
        Set<String> words = edges.computeIfAbsent(from + " -->#" + to, any -> new TreeSet<>());
        if (!word.isEmpty()) {
            words.add(word);
        }
    }

    private String text() {
        List<String> lines = new ArrayList<>(List.of("flowchart LR"));
        groups.forEach((group, members) -> {
            if (group.equals(STORE)) {
                members.forEach(member -> lines.add("  " + member + "[(" + member + ")]"));
            } else if (!members.isEmpty()) {
                lines.add("  subgraph " + group + "-routes [" + group + "]");
                members.forEach(member -> lines.add("    " + member));
                lines.add("  end");
            }
        });
        edges.forEach((edge, words) ->
                lines.add("  " + edge.replace("#", words.isEmpty() ? " " : "|" + String.join("<br>", words) + "| ")));
        return String.join("\n", lines) + "\n";
    }

    private static String input(RouteDefinition route) {
        return path(route.getInput().getEndpointUri());
    }

    private static String path(String uri) {
        return uri.replaceFirst("\\?.*$", "");
    }
}
