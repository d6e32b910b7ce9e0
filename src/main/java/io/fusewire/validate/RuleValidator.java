package io.fusewire.validate;

import io.fusewire.component.FlatRoute;
import io.fusewire.component.RouteModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;

/** Rules add up over any number of files; where they can't, it is said. */
final class RuleValidator {
    private static final String POLICY = "fusewire-one-broken-rule-stops-no-other";

    private final List<String> faults = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Map<String, String> builtIn = new HashMap<>();
    private final Map<String, String> own = new HashMap<>();
    private final Map<String, Map<String, String>> grouping = new TreeMap<>();
    private final CamelContext camel;
    private String optionsIn;

    RuleValidator(CamelContext camel) {
        this.camel = camel;
    }

    /** What is no fault, and maybe not what was meant. After {@link #faults}. */
    List<String> remarks() {
        return remarks;
    }

    /** @param routes those from fusewire:events, the built-in ones first */
    List<String> faults(List<RouteDefinition> routes) {
        for (RouteDefinition route : routes) {
            String file = ErrorSentences.file(route);
            Set<String> rules = new LinkedHashSet<>();
            Map<String, Map<String, String>> said = new HashMap<>();
            for (RouteModel.Raised raised : RouteModel.alerts(route)) {
                rules.add(raised.rule());
                agree(file, raised, said.computeIfAbsent(raised.rule(), any -> raised.grouping()));
            }
            grouping.putAll(said);
            if (rules.isEmpty()) {
                faults.add(file + ": route " + route.getId() + " is from fusewire:events and has no rule; a rule leads"
                        + " to fusewire:alert/<rule>.");
            }
            rules.forEach(rule -> owned(rule, file, RouteModel.isOwn(route)));
            options(route, file);
            steps(route, file);
        }
        grouping.keySet().forEach(this::yields);
        return faults;
    }

    /** A recovery that joined by other labels than its alarm would never find it. */
    private void agree(String file, RouteModel.Raised raised, Map<String, String> first) {
        Set<String> options = new TreeSet<>(first.keySet());
        options.addAll(raised.grouping().keySet());
        for (String option : options) {
            String one = first.get(option);
            String other = raised.grouping().get(option);
            if (!Objects.equals(one, other)) {
                faults.add(
                        file + ": rule " + raised.rule() + " says " + option + " " + quoted(one) + " at one alert and "
                                + quoted(other) + " at another; say the same at all of a rule's alerts.");
            }
        }
    }

    private static String quoted(String value) {
        return value == null ? "nothing" : "'" + value + "'";
    }

    private void yields(String rule) {
        String other = unless(rule);
        boolean said = grouping.get(rule).containsKey("unless");
        // That a route says so is refused as its other options are, when it starts.
        if (other.isEmpty() || said && other.equals(rule)) {
            return;
        }
        String fault = (said ? file(rule) : "rules." + rule + ".unless") + ": rule " + rule + " yields to the rule '"
                + other + "' (unless)";
        if (other.equals(rule)) {
            faults.add(fault + ", which is itself.");
        } else if (!grouping.containsKey(other)) {
            faults.add(fault + "; there are " + String.join(", ", grouping.keySet()) + ".");
        } else if (groupBy(other).equals("event")) {
            faults.add(fault + ", which has messages and no incidents (groupBy: event).");
        } else if (groupBy(rule).equals("event")) {
            faults.add(
                    fault + ", and has itself messages and no incidents (groupBy: event), which nothing would hold.");
        } else if (yieldsBack(rule, other)) {
            faults.add(fault + ", which leads back to it; each would be held for good.");
        }
    }

    private boolean yieldsBack(String rule, String other) {
        Set<String> passed = new HashSet<>();
        String next = other;
        while (grouping.containsKey(next) && passed.add(next)) {
            next = unless(next);
        }
        return passed.contains(rule);
    }

    private String unless(String rule) {
        String own = "{{rules." + rule + ".unless:}}";
        return camel.resolvePropertyPlaceholders(grouping.get(rule).getOrDefault("unless", own))
                .strip();
    }

    private String groupBy(String rule) {
        String own = "{{rules." + rule + ".group-by:{{rules.group-by:}}}}";
        return camel.resolvePropertyPlaceholders(grouping.get(rule).getOrDefault("groupBy", own))
                .strip();
    }

    private String file(String rule) {
        return own.getOrDefault(rule, builtIn.get(rule));
    }

    private void owned(String rule, String file, boolean isOwn) {
        String other = (isOwn ? own : builtIn).putIfAbsent(rule, file);
        if (other != null && !other.equals(file)) {
            faults.add(file + ": the rule '" + rule + "' is in " + other + " too; give one of them another name, or put"
                    + " both into one file.");
        } else if (isOwn && builtIn.containsKey(rule)) {
            remarks.add(file + ": the rule '" + rule + "' takes the place of the built-in one.");
        }
    }

    private void options(RouteDefinition route, String file) {
        if (RouteModel.hasOptions(route)) {
            if (optionsIn != null) {
                faults.add(file + ": route " + route.getId() + " sets options of fusewire:events, which hold for all"
                        + " rules, and " + optionsIn + " does so already; set them there.");
            }
            optionsIn = file;
        }
    }

    /** What Camel's engine must take is taken by it where the route says so: an enrichment holds up all rules. */
    private void steps(RouteDefinition route, String file) {
        if (!RouteModel.hasAnySteps(route)) {
            FlatRoute.other(camel, route)
                    .ifPresent(step -> faults.add(file + ": step " + step.getId() + " of route " + route.getId()
                            + " is a '"
                            + step.getShortName() + "', and rules are made of filters, choices and fusewire:alert; what"
                            + " must do more is from fusewire:events?anySteps=true."));
            String policy = route.getRouteConfigurationId();
            if (policy != null && !policy.equals(POLICY)) {
                faults.add(file + ": route " + route.getId() + " asks for the policy '" + policy
                        + "', which holds for rules from fusewire:events?anySteps=true alone; leave it out.");
            }
        }
    }
}
