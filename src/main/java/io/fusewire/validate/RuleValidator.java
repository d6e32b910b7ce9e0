package io.fusewire.validate;

import io.fusewire.component.RouteModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.model.RouteDefinition;

/** Rules add up over any number of files; where they can't, it is said. */
final class RuleValidator {
    private final List<String> faults = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Map<String, String> builtIn = new HashMap<>();
    private final Map<String, String> own = new HashMap<>();
    private String optionsIn;

    /** What is no fault, and maybe not what was meant. After {@link #faults}. */
    List<String> remarks() {
        return remarks;
    }

    /** @param routes those from fusewire:events, the built-in ones first */
    List<String> faults(List<RouteDefinition> routes) {
        for (RouteDefinition route : routes) {
            String file = ErrorSentences.file(route);
            Set<String> rules = new LinkedHashSet<>();
            RouteModel.alerts(route).forEach(raised -> rules.add(raised.rule()));
            if (rules.isEmpty()) {
                faults.add(file + ": route " + route.getId() + " is from fusewire:events and has no rule; a rule leads"
                        + " to fusewire:alert/<rule>.");
            }
            rules.forEach(rule -> owned(rule, file, RouteModel.isOwn(route)));
            options(route, file);
        }
        return faults;
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
}
