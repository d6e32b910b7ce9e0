package io.fusewire.store;

import io.fusewire.store.Decision.Cause;
import io.fusewire.store.Decision.Grouping;
import io.fusewire.store.Decision.IncidentChange;
import io.fusewire.store.Decision.Joined;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lets alerts join the incidents of their causes, in the transaction that decides their events: each incident is read and
 * written once, however many join. For one transaction.
 *
 * <p>Where several gateways share the database, rows are locked in the order of their numbers, and whoever opens an
 * incident does so alone. What a transaction has read and another changed meanwhile begins the transaction anew.
 */
final class Incidents {
    /** SQLSTATE of a serialization failure. */
    private static final String BEGIN_ANEW = "40001";

    /** An alert on its way into an incident. */
    private record Arrival(long event, Joined alert) {}

    private final Session session;
    private final int mostOpen;
    private final long now;
    private final Map<String, IncidentRow> latest = new HashMap<>();
    private final Map<Long, TouchedIncident> touched = new TreeMap<>();
    private final Map<String, Integer> open = new HashMap<>();
    private final List<long[]> joined = new ArrayList<>();
    private boolean opening;

    /** @param mostOpen open incidents of one rule and source; further causes fold into one */
    Incidents(Session session, int mostOpen) throws SQLException {
        this.session = session;
        this.mostOpen = mostOpen;
        this.now = session.now();
    }

    /** @return how many alerts joined, by event */
    Map<Long, Integer> join(List<Decision> decisions) throws SQLException {
        Map<String, List<Arrival>> causes = new TreeMap<>();
        for (Decision decision : decisions) {
            long event = decision.claimed().event().id();
            Set<String> before = decision.claimed().replayed()
                    ? Set.copyOf(session.query("alert-rules", row -> row.getString(1), event))
                    : Set.of();
            decision.joined().stream()
                    .filter(alert -> !before.contains(alert.spec().rule()))
                    .forEach(alert -> causes.computeIfAbsent(alert.cause().key(), any -> new ArrayList<>())
                            .add(new Arrival(event, alert)));
        }
        if (causes.isEmpty()) {
            return Map.of();
        }
        read(causes);
        for (List<Arrival> arrivals : causes.values()) {
            arrivals.sort(Comparator.comparingLong(Arrival::event));
            for (Arrival arrival : arrivals) {
                join(arrival);
            }
        }
        session.update("alert-insert", joined);
        for (TouchedIncident one : touched.values()) {
            one.store(session);
        }
        Map<Long, Integer> counts = new HashMap<>();
        joined.forEach(row -> counts.merge(row[0], 1, Integer::sum));
        return counts;
    }

    /** What was done to each that was touched. */
    List<IncidentChange> changes() {
        return touched.values().stream().map(TouchedIncident::change).toList();
    }

    private void read(Map<String, List<Arrival>> causes) throws SQLException {
        Set<String> keys = causes.keySet();
        find(keys);
        boolean opens = causes.entrySet().stream().anyMatch(cause -> Optional.ofNullable(latest.get(cause.getKey()))
                .filter(IncidentRow::isOpen)
                .isEmpty());
        if (opens) {
            alone(keys);
        }
    }

    private void find(Set<String> keys) throws SQLException {
        session.query("incident-latest", IncidentRow::new, keys).forEach(row -> latest.put(row.key, row));
    }

    /** From here on nobody else opens an incident; what others opened since we read sends us back. */
    private void alone(Set<String> keys) throws SQLException {
        if (!opening) {
            session.query("incident-opening", row -> row.getObject(1));
            opening = true;
        }
        List<Long> newest = session.query("incident-newest", row -> row.getLong(1), keys);
        if (!latest.values().stream().map(row -> row.id).toList().containsAll(newest)) {
            throw new SQLException("another gateway opened the incident meanwhile", BEGIN_ANEW);
        }
    }

    private void join(Arrival arrival) throws SQLException {
        Joined alert = arrival.alert();
        Cause cause = alert.cause();
        IncidentRow incident = latest.get(cause.key());
        if (incident == null || !incident.takes(alert)) {
            incident = alert.spec().resolve() ? recovered(cause, arrival) : open(cause, arrival);
        }
        joined.add(new long[] {arrival.event(), incident.id});
        TouchedIncident one = touched.get(incident.id);
        if (one == null) {
            one = new TouchedIncident(incident, false, now);
            touched.put(incident.id, one);
        }
        one.join(arrival.event(), alert, now);
    }

    private IncidentRow open(Cause cause, Arrival arrival) throws SQLException {
        String rule = arrival.alert().spec().rule();
        String owner = rule + " " + cause.source();
        if (!open.containsKey(owner)) {
            open.put(
                    owner,
                    session.first("incident-open-count", row -> row.getInt(1), rule, cause.source())
                            .orElse(0));
        }
        if (open.get(owner) >= mostOpen) {
            return folded(cause, arrival);
        }
        open.merge(owner, 1, Integer::sum);
        return insert(cause.key(), cause, arrival, false);
    }

    /** The one that stands for all further causes. */
    private IncidentRow folded(Cause cause, Arrival arrival) throws SQLException {
        Set<String> key = Set.of(cause.foldedKey());
        if (!latest.containsKey(cause.foldedKey())) {
            find(key);
            alone(key);
        }
        IncidentRow found = latest.get(cause.foldedKey());
        return found != null && found.isOpen() ? found : insert(cause.foldedKey(), cause, arrival, true);
    }

    /** A recovery that comes before its alarm, which will be late. */
    private IncidentRow recovered(Cause cause, Arrival arrival) throws SQLException {
        IncidentRow incident = insert(cause.key(), cause, arrival, false);
        incident.close(IncidentRow.RECOVERED, null, now);
        return incident;
    }

    private IncidentRow insert(String key, Cause cause, Arrival arrival, boolean folded) throws SQLException {
        Joined alert = arrival.alert();
        Grouping grouping = alert.spec().grouping();
        IncidentRow before = latest.get(key);
        IncidentRow incident = session.first(
                        "incident-insert",
                        IncidentRow::new,
                        key,
                        alert.spec().rule(),
                        cause.source(),
                        cause.project(),
                        folded ? Map.of() : cause.labels(),
                        folded ? 1 : 0,
                        alert.spec().severity(),
                        alert.at(),
                        alert.at(),
                        before == null ? 0 : before.recoveredAt,
                        arrival.event(),
                        now,
                        now,
                        now,
                        grouping.groupWait().toMillis(),
                        grouping.groupInterval().toMillis(),
                        Grouping.millis(grouping.repeatInterval()),
                        Grouping.millis(grouping.resolveAfter()),
                        grouping.recovers() ? 1 : 0,
                        grouping.unless())
                .orElseThrow(() -> new SQLException("another gateway opened the incident meanwhile", BEGIN_ANEW));
        latest.put(key, incident);
        touched.put(
                incident.id,
                new TouchedIncident(incident, true, now + grouping.groupWait().toMillis()));
        return incident;
    }
}
