package io.fusewire.metrics;

import io.fusewire.store.ActiveSilences;
import io.fusewire.store.Decision;
import io.fusewire.store.Decision.IncidentChange;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log which alerts nobody is told of, and why: for each cause one line a minute at most. Thread-safe. */
final class SuppressionLog {
    private static final Logger LOG = LoggerFactory.getLogger(SuppressionLog.class);

    private final ThrottledLog log;

    SuppressionLog() {
        this(LOG::info);
    }

    /** @param lines takes each line */
    SuppressionLog(Consumer<String> lines) {
        log = new ThrottledLog(lines, System::nanoTime);
    }

    void decided(Decision decision) {
        decision.alerts().stream()
                .filter(alert -> alert.suppressed() != null && ActiveSilences.isReason(alert.suppressed()))
                .forEach(alert -> log.count(
                        "Alerts of rule " + alert.rule() + " for " + alert.sink() + " held by " + alert.suppressed(),
                        1));
    }

    /** @param in how many alerts joined it in time */
    void changed(IncidentChange change, long in) {
        String alerts = "Alerts of rule " + change.rule();
        if (change.held() != null && in > 0) {
            log.count(alerts + " held, " + change.held(), in);
        }
        if (change.folded() && in > 0) {
            log.count(alerts + " folded into one incident, rules.max-open-incidents are open", in);
        }
        if (change.late() > 0) {
            log.count(alerts + " not told, older than the recovery that closed their incident", change.late());
        }
    }

    void tell() {
        log.tell();
    }
}
