package io.fusewire.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the sums agree: every accepted event is decided or waits to be, and has in each sink's queue just what its
 * rules asked for. Read as of one moment, whatever goes on meanwhile. Thread-safe.
 */
public final class Reconciliation {
    /**
     * The sums.
     *
     * @param accepted events ever taken, those that retention removed included
     * @param undecided events that are pending
     * @param decided events whose rules have run
     * @param missingAlerts alerts that rules asked for, less deliveries there are; 0 when all is well
     * @param sinks deliveries by sink and state, those that retention removed included
     * @param faults events that are unaccounted for, each with what is wrong; at most 20
     */
    public record Balance(
            long accepted,
            long undecided,
            long decided,
            long missingAlerts,
            Map<String, Map<String, Long>> sinks,
            List<String> faults) {
        /** Events and alerts that are unaccounted for: 0 when all is well. */
        public long difference() {
            return Math.abs(accepted - undecided - decided) + Math.abs(missingAlerts);
        }

        public boolean holds() {
            return difference() == 0 && faults.isEmpty();
        }

        /** Deliveries of a sink in a state. */
        public long count(String sink, String state) {
            return sinks.getOrDefault(sink, Map.of()).getOrDefault(state, 0L);
        }

        /** Decided events that no rule addressed to this sink. */
        public long notWanted(String sink) {
            return decided
                    - sinks.getOrDefault(sink, Map.of()).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
        }
    }

    private final Store store;

    public Reconciliation(Store store) {
        this.store = store;
    }

    /** The sums alone, for a metric: cheap enough for every few minutes. */
    public Balance sums() {
        return store.read(session -> balance(session, false));
    }

    /** The sums, and each event held against its deliveries: reads the whole store. */
    public Balance verify() {
        return store.read(session -> balance(session, true));
    }

    private static Balance balance(Session session, boolean each) throws SQLException {
        session.snapshot();
        Map<String, Map<String, Long>> sinks = new TreeMap<>();
        session.query("reconciliation-sinks", row -> sinks.computeIfAbsent(row.getString(1), any -> new TreeMap<>())
                .put(row.getString(2), row.getLong(3)));
        List<String> faults = each
                ? session.query("reconciliation-lost", row -> row.getString(1) + " " + row.getString(2))
                : List.<String>of();
        Balance balance = session.first(
                        "reconciliation",
                        row -> new Balance(
                                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), sinks, faults))
                .orElseThrow();
        session.rollback();
        return balance;
    }
}
