package io.fusewire.validate;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RedeliveryPolicyDefinition;

/** The delays of a policy: one that Camel cannot read would cost an alert its quick redeliveries, once something fails. */
final class RedeliveryDelays {
    private final CamelContext camel;
    private final Set<String> checked = new HashSet<>();

    RedeliveryDelays(CamelContext camel) {
        this.camel = camel;
    }

    /** What is wrong with them, in a sentence; nothing for a policy's copy in a route. */
    Optional<String> check(String file, OnExceptionDefinition policy) {
        String who = file + ": policy " + policy.getId();
        RedeliveryPolicyDefinition redeliveries = policy.getRedeliveryPolicyType();
        return redeliveries == null || !checked.add(policy.getId())
                ? Optional.empty()
                : check(who, "redeliveryDelay", redeliveries.getRedeliveryDelay())
                        .or(() -> check(who, "maximumRedeliveryDelay", redeliveries.getMaximumRedeliveryDelay()));
    }

    private Optional<String> check(String who, String option, String written) {
        try {
            String delay = written == null ? "0" : camel.resolvePropertyPlaceholders(written);
            return delay.matches("\\d{1,18}")
                    ? Optional.empty()
                    : Optional.of(who + ": Camel reads " + option + " here in milliseconds alone, and '" + delay
                            + "' would fail at the first redelivery; write a number, or {{millis:" + written + "}}.");
        } catch (IllegalArgumentException e) {
            return Optional.of(who + ": " + option + " '" + written + "' has no value: " + ErrorSentences.first(e));
        }
    }
}
