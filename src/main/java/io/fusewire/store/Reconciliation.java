package io.fusewire.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the sums agree: every accepted event is decided or waits to be, and has just the alerts that its rules asked for:
 * messages of their own, each in its sink's queue, and alerts that joined incidents, of which each sink was told or will be.
 * Read as of one moment, whatever goes on meanwhile. Thread-safe.
 */
public final class Reconciliation {
    /**
     * The sums.
     *
     * @param accepted events ever taken, those that retention removed included
     * @param undecided events that are pending
     * @param decided events whose rules have run
     * @param notWanted those of them for which no rule raised an alert
     * @param missingAlerts alerts that rules asked for, less messages of their own and those that joined incidents; 0 when all
     *     is well
     * @param incidents how many are open and closed, and what is wrong with their counts
     * @param sinks messages of their own by sink and state, those that retention removed included
     * @param told alerts of incidents by sink and by what became of them: told, or waiting, suppressed, dead, discarded as the
     *     message that would tell them, or late; those that retention removed included
     * @param faults events and incidents that are unaccounted for, each with what is wrong; at most 20
     */
    public record Balance(
            long accepted,
            long undecided,
            long decided,
            long notWanted,
            long missingAlerts,
            Incidents incidents,
            Map<String, Map<String, Long>> sinks,
            Map<String, Map<String, Long>> told,
            List<String> faults) {
        /** Events and alerts that are unaccounted for: 0 when all is well. */
        public long difference() {
            return Math.abs(accepted - undecided - decided)
                    + Math.abs(missingAlerts)
                    + Math.abs(incidents.miscounted)
                    + Math.abs(incidents.untold);
        }

        public boolean holds() {
            return difference() == 0 && faults.isEmpty();
        }

        /** A sink's messages of their own in a state. */
        public long count(String sink, String state) {
            return sinks.getOrDefault(sink, Map.of()).getOrDefault(state, 0L);
        }
    }

    /**
     * The incidents.
     *
     * @param closed those that retention removed included
     * @param miscounted what they count, less the alerts that joined them; 0 when all is well
     * @param untold of how many alerts some sink was not told and will not be, though nobody holds them back; 0 when all is well
     */
    public record Incidents(long open, long closed, long miscounted, long untold) {}

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
        Map<String, Map<String, Long>> sinks = bySink(session, "reconciliation-sinks");
        Map<String, Map<String, Long>> told = bySink(session, "reconciliation-told");
        List<String> faults = each
                ? session.query("reconciliation-lost", row -> row.getString(1) + " " + row.getString(2))
                : List.<String>of();
        Balance balance = session.first("reconciliation", row -> balance(row, sinks, told, faults))
                .orElseThrow();
        session.rollback();
        return balance;
    }

    private static Balance balance(
            ResultSet row,
            Map<String, Map<String, Long>> sinks,
            Map<String, Map<String, Long>> told,
            List<String> faults)
            throws SQLException {
        return new Balance(
                row.getLong("accepted"),
                row.getLong("undecided"),
                row.getLong("decided"),
                row.getLong("not_wanted"),
                row.getLong("missing"),
                new Incidents(
                        row.getLong("open"), row.getLong("closed"), row.getLong("miscounted"), row.getLong("untold")),
                sinks,
                told,
                faults);
    }

    private static Map<String, Map<String, Long>> bySink(Session session, String statement) throws SQLException {
        Map<String, Map<String, Long>> sinks = new TreeMap<>();
        session.query(statement, row -> sinks.computeIfAbsent(row.getString(1), any -> new TreeMap<>())
                .put(row.getString(2), row.getLong(3)));
        return sinks;
    }
}
