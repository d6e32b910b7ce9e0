package io.fusewire.health;

import io.fusewire.metrics.Gauges;
import io.fusewire.store.Reconciliation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the sums of what came in and what became of it against each other from time to time, and shows the difference as a metric. Thread-safe. */
public final class ReconciliationCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationCheck.class);

    private final Reconciliation reconciliation;
    private volatile double difference = Double.NaN;

    public ReconciliationCheck(Reconciliation reconciliation, Gauges gauges) {
        this.reconciliation = reconciliation;
        gauges.watchBooks(() -> difference);
    }

    /** Reads the sums; says so when they don't balance. */
    public void check() {
        difference = reconciliation.sums().difference();
        if (difference != 0) {
            LOG.error("{} events or alerts are unaccounted for; the command reconcile names them.", difference);
        }
    }
}
