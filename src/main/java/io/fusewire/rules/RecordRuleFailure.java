package io.fusewire.rules;

import io.fusewire.component.FailureReason;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Called where a rule throws: notes the rule and the reason, so that the event ends among the dead letters. */
public final class RecordRuleFailure implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(RecordRuleFailure.class);
    private final UnaryOperator<String> redact;
    private volatile RuleConditions rules;

    public RecordRuleFailure(UnaryOperator<String> redact) {
        this.redact = redact;
    }

    @Override
    public void process(Exchange exchange) {
        record(
                exchange,
                exchange.getExchangeExtension().getHistoryNodeId(),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }

    /** @param step the one that threw */
    void record(Exchange exchange, String step, Throwable what) {
        if (rules == null) {
            rules = new RuleConditions(exchange.getContext());
        }
        String rule = rules.rule(step).orElse(step);
        String reason = FailureReason.of(what, redact);
        RuleEvaluation open = RuleEvaluation.of(exchange);
        LOG.warn("Rule {} failed for event {}: {}", rule, open.event().key(), reason);
        open.broken(rule, reason);
    }
}
