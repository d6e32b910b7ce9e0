package io.fusewire.validate;

import io.fusewire.component.RouteModel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ExpressionDefinition;

/** What a step may be: each has an id of its own, is written in simple, and names what is there. */
final class StepValidator {
    private static final String FORMER_LABEL = "header.severity";
    private static final int LONGEST = 120;
    private static final Set<String> SCRIPTS = Set.of("groovy", "js", "python", "joor", "java", "mvel", "spel", "ognl");

    private final CamelContext camel;
    private final Set<String> faults = new LinkedHashSet<>();
    private final Map<String, String> ids = new TreeMap<>();
    private final KameletCatalog kamelets;
    private final RedeliveryDelays delays;

    StepValidator(CamelContext camel) {
        this.camel = camel;
        this.kamelets = new KameletCatalog(camel);
        this.delays = new RedeliveryDelays(camel);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    void check(RouteDefinition route) {
        String file = ErrorSentences.file(route);
        endpoint(file, "route " + route.getId(), route.getInput().getEndpointUri());
        check(file, route.getId(), route.getOutputs());
    }

    /** The exceptions that a policy is for must be there, or it would be for nothing. */
    void check(RouteConfigurationDefinition policies) {
        String file = ErrorSentences.file(policies);
        for (OnExceptionDefinition policy : policies.getOnExceptions()) {
            for (String name : policy.getExceptions()) {
                Class<?> found = camel.getClassResolver().resolveClass(name);
                if (found == null || !Throwable.class.isAssignableFrom(found)) {
                    faults.add(file + ": policy " + policy.getId() + " is for '" + name + "', which is no exception.");
                }
            }
            delays.check(file, policy).ifPresent(faults::add);
            check(file, policies.getId(), policy.getOutputs());
        }
    }

    private void check(String file, String route, List<ProcessorDefinition<?>> steps) {
        for (ProcessorDefinition<?> step : steps) {
            if (step instanceof OnExceptionDefinition policy) {
                delays.check(file, policy).ifPresent(faults::add);
                continue; // a policy's, which Camel puts into each route that asks for it
            }
            identified(file, route, step);
            if (step instanceof ToDefinition to) {
                endpoint(file, "step " + step.getId(), to.getEndpointUri());
                if (RouteModel.tellsTheRules(to) && !(step.getParent() instanceof IdempotentConsumerDefinition)) {
                    faults.add(file + ": step " + step.getId() + " tells the rules of an event that nobody stored; send"
                            + " events to direct:accept.");
                }
            }
            if (step instanceof ProcessDefinition process
                    && process.getRef() != null
                    && camel.getRegistry().lookupByName(process.getRef()) == null) {
                faults.add(file + ": step " + step.getId() + " asks for the bean '" + process.getRef()
                        + "', which isn't there"
                        + RenamedWords.now(process.getRef())
                                .map(now -> "; it is called '" + now + "'.")
                                .orElse("."));
            }
            if (step instanceof ExpressionNode node && node.getExpression() != null) {
                boolean condition = step instanceof FilterDefinition;
                expression(file, step.getId(), node.getExpression(), condition);
            }
            if (step instanceof FilterDefinition && step.getOutputs().isEmpty()) {
                faults.add(file + ": step " + step.getId() + " leads to nothing: it has no steps.");
            }
            if (step instanceof ChoiceDefinition choice) {
                for (WhenDefinition when : choice.getWhenClauses()) {
                    expression(file, when.getId(), when.getExpression(), true);
                    check(file, route, when.getOutputs());
                }
                if (choice.getOtherwise() != null) {
                    check(file, route, choice.getOtherwise().getOutputs());
                }
            } else {
                check(file, route, step.getOutputs());
            }
        }
    }

    /** A Kamelet must be there, with what it needs; anything else must be an endpoint, which stays for the start. */
    private void endpoint(String file, String who, String uri) {
        if (!property(file, who, uri)) {
            return;
        }
        if (uri.startsWith("kamelet:")) {
            kamelets.fault(uri).ifPresent(fault -> faults.add(file + ": " + who + " " + fault));
        } else if (!uri.startsWith("platform-http:")) {
            try {
                camel.getEndpoint(uri);
            } catch (RuntimeException e) {
                faults.add(file + ": " + who + ": " + ErrorSentences.endpoint(e));
            }
        }
    }

    private void identified(String file, String route, OptionalIdentifiedDefinition<?> step) {
        if (!step.hasCustomIdAssigned()) {
            faults.add(file + ": a step '" + step.getShortName() + "' of route " + route + " has no id.");
        } else {
            String other = ids.put(step.getId(), route);
            if (other != null) {
                faults.add(file + ": the step id '" + step.getId() + "' of route " + route
                        + (other.equals(route) ? " stands there twice." : " is route " + other + "'s."));
            }
        }
    }

    private void expression(String file, String step, ExpressionDefinition expression, boolean condition) {
        String text = expression.getExpression();
        if (text == null) {
            return; // the compiler has read it
        }
        if (SCRIPTS.contains(expression.getLanguage())) {
            faults.add(file + ": step " + step + " is written in " + expression.getLanguage()
                    + "; it can be written in simple, or is a job for Java.");
        } else if (expression.getLanguage().equals("simple") && text.length() > LONGEST) {
            faults.add(file + ": step " + step + " has a simple of " + text.length() + " characters; " + LONGEST
                    + " are the most, so make two steps of it.");
        } else if (text.contains(FORMER_LABEL)) {
            faults.add(file + ": step " + step + " reads the label of a monitor's severity as ${" + FORMER_LABEL
                    + "}; it is ${" + RenamedWords.now(FORMER_LABEL).orElseThrow() + "} now.");
        } else if (property(file, "step " + step, text)) {
            parse(file, step, expression, condition);
        }
    }

    private void parse(String file, String step, ExpressionDefinition expression, boolean condition) {
        try {
            if (condition) {
                expression.createPredicate(camel);
            } else {
                expression.createExpression(camel);
            }
        } catch (RuntimeException e) {
            faults.add(file + ": step " + step + ": '" + expression.getExpression() + "' is no "
                    + expression.getLanguage() + ": " + ErrorSentences.first(ErrorSentences.innermost(e)));
        }
    }

    /** False where it asks for a property that nobody set. */
    private boolean property(String file, String who, String text) {
        try {
            camel.resolvePropertyPlaceholders(text);
            return true;
        } catch (IllegalArgumentException e) {
            Set<String> missing = new TreeSet<>();
            ErrorSentences.placeholders(text).stream()
                    .filter(key -> !camel.getPropertiesComponent().hasPropertiesFunction(key))
                    .filter(key ->
                            camel.getPropertiesComponent().resolveProperty(key).isEmpty())
                    .forEach(missing::add);
            faults.add(file + ": " + who + " asks for the property '" + String.join("', '", missing)
                    + "', which nobody set; set it, or give it a default: {{name:value}}.");
            return false;
        }
    }
}
