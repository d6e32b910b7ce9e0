package io.fusewire.store;

import io.fusewire.store.Decision.IncidentChange;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * When the sinks of an incident are told, and by whom it is closed in the end. A sink has at most one waiting message about
 * it, which says what is true when it is sent. Thread-safe.
 */
public final class IncidentSchedule {
    private static final int MOST = 100;

    private final Store store;
    private final Consumer<IncidentChange> changed;

    /** @param changed hears of each incident that closes, after the commit */
    public IncidentSchedule(Store store, Consumer<IncidentChange> changed) {
        this.store = store;
        this.changed = changed;
    }

    /**
     * Closes the incidents that have been quiet long enough, repeats those that are due to be told again, and lets go those
     * whose silence, or whose inhibiting incident, is over. Any gateway may, at any time.
     *
     * @return how many there were
     */
    public int due() {
        int all = 0;
        List<IncidentRow> some;
        do {
            some = store.write(IncidentSchedule::some);
            some.stream()
                    .filter(incident -> !incident.isOpen())
                    .map(IncidentSchedule::closing)
                    .forEach(changed);
            all += some.size();
        } while (some.size() == MOST);
        return all;
    }

    private static List<IncidentRow> some(Session session) throws SQLException {
        long now = session.now();
        List<IncidentRow> due = session.query("incident-due", IncidentRow::new, now, now, now, MOST);
        for (IncidentRow incident : due) {
            turn(session, incident, now);
            incident.store(session);
        }
        return due;
    }

    private static void turn(Session session, IncidentRow incident, long now) throws SQLException {
        String over = incident.over(now);
        String held = incident.held();
        if (over != null) {
            incident.close(over, null, now);
            TouchedIncident.closed(session, incident);
        } else if (held != null) {
            incident.silence = isSilenced(session, incident, now) ? incident.silence : null;
            incident.inhibited = TouchedIncident.isInhibited(session, incident);
            if (incident.held() == null) {
                released(session, incident, held);
            } else {
                TouchedIncident.hold(session, incident);
            }
        } else if (incident.repeats(now)) {
            TouchedIncident.atOnce(session, incident);
        }
    }

    /** That it closed, and nothing else. */
    static IncidentChange closing(IncidentRow incident) {
        return new IncidentChange(incident.rule, false, incident.folded, 0, 0, incident.reason, null);
    }

    private static boolean isSilenced(Session session, IncidentRow incident, long now) throws SQLException {
        return incident.silence != null
                && session.first("silence-active", row -> true, incident.silence, now)
                        .isPresent();
    }

    private static void released(Session session, IncidentRow incident, String held) throws SQLException {
        session.update("incident-release", session.now(), session.now(), incident.id, held);
        session.update("incident-behind", session.now(), session.now(), incident.id, incident.count);
    }
}
