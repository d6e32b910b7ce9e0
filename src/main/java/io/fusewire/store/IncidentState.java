package io.fusewire.store;

import io.fusewire.event.ErrorFingerprint;
import io.fusewire.store.Decision.AlertSpec;
import io.fusewire.store.IncidentState.Text;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An incident as it is at one moment.
 *
 * @param key what sinks know it by
 * @param labels what tells it from others of its rule
 * @param folded whether it stands for all further causes of its rule, since too many were open
 * @param count its alerts, the late ones among them; its recoveries are none
 * @param late alerts that are older than a recovery that came before them
 * @param since the first alert's own time
 * @param last the newest alert's own time
 * @param lastEvent the number of the event that touched it last
 * @param texts the most frequent, the most frequent first
 * @param samples some of its traces
 * @param closed when, or null while it is open
 * @param reason why it closed: quiet, recovered, by-hand, stale; null while it is open
 * @param by who closed it by hand, or else acknowledged it; null where nobody did, or did not say
 * @param held why nobody is told at present, or null
 */
public record IncidentState(
        long id,
        String key,
        String rule,
        String source,
        String project,
        Map<String, String> labels,
        boolean folded,
        String severity,
        long count,
        long late,
        Instant since,
        Instant last,
        long lastEvent,
        List<Text> texts,
        List<String> samples,
        Instant opened,
        Instant closed,
        String reason,
        String by,
        Instant acknowledged,
        String held) {
    /** A text of its events, with # for what varied, and how many said it; of more than ten texts it may be fewer. */
    public record Text(String text, long count) {}

    public boolean isOpen() {
        return closed == null;
    }

    /**
     * The most frequent of any number of texts, in bounded memory; those that differ in what varies alone are one. What was said
     * least gives its place, and its weight too, to a new one, so that a frequent one gets in (Metwally's Space-Saving).
     *
     * @param said by fingerprint
     */
    record FrequentTexts(Map<String, Said> said) {
        private static final int MOST = 10;
        private static final int TOP = 3;

        /** A text, null where it varied; how often since it has its place, and how often with what had it before. */
        record Said(String text, long count, long weight) {}

        /** @param text null where the event has none */
        void note(String text) {
            if (text == null) {
                return;
            }
            String key = said.keySet().stream()
                    .filter(one -> text.equals(said.get(one).text()))
                    .findFirst()
                    .orElseGet(() -> ErrorFingerprint.of(text));
            Said before = said.getOrDefault(key, new Said(text, 0, 0));
            if (before.count() == 0 && said.size() == MOST) {
                String least = Collections.min(said.keySet(), Comparator.comparingLong(one -> said.get(one)
                        .weight()));
                before = new Said(text, 0, said.remove(least).weight());
            }
            String same = text.equals(before.text()) ? text : null;
            said.put(key, new Said(same, before.count() + 1, before.weight() + 1));
        }

        List<Text> top() {
            return said.entrySet().stream()
                    .map(one -> new Text(
                            Objects.requireNonNullElse(one.getValue().text(), one.getKey()),
                            one.getValue().count()))
                    .sorted(Comparator.comparingLong(Text::count).reversed())
                    .limit(TOP)
                    .toList();
        }
    }

    /**
     * What there is to tell a sink of an incident, as of the moment when the message was claimed.
     *
     * @param toldCount the count that the sink was told last
     * @param toldState open or closed, as the sink was told last; null where it was told nothing
     * @param toldSeverity how grave it was then
     * @param reference what the sink calls its message; null where it has none
     */
    public record IncidentNews(
            IncidentState incident, long toldCount, String toldState, String toldSeverity, String reference) {
        private static final String OPEN = "open";
        private static final String CLOSED = "closed";

        /** What a message says. */
        public enum Kind {
            /** There is an incident. */
            OPENED,
            /** It goes on. */
            DEVELOPING,
            /** It is graver than was told. */
            GRAVER,
            /** Nothing is new. */
            STILL_OPEN,
            /** It is over. */
            CLOSED
        }

        static IncidentNews read(ResultSet delivery, Session session, long incident) throws SQLException {
            return new IncidentNews(
                    session.first("incident-get", IncidentRow::new, incident)
                            .orElseThrow(() -> new SQLException("a delivery without its incident"))
                            .state(),
                    delivery.getLong("told_count"),
                    delivery.getString("told_state"),
                    delivery.getString("told_severity"),
                    delivery.getString("reference"));
        }

        boolean isFirst() {
            return toldState == null;
        }

        /** @param opensFirst whether the sink must be told that it opened before it is told that it closed */
        public Kind kind(boolean opensFirst) {
            if (isFirst() && (opensFirst || incident.isOpen())) {
                return Kind.OPENED;
            }
            if (!incident.isOpen()) {
                return Kind.CLOSED;
            }
            if (AlertSpec.isGraver(incident.severity(), toldSeverity)) {
                return Kind.GRAVER;
            }
            return incident.count() > toldCount ? Kind.DEVELOPING : Kind.STILL_OPEN;
        }

        /** Writes down that the sink was told, and when it is told what happened since. */
        int told(Session session, Delivery delivery, Kind kind) throws SQLException {
            IncidentRow present = session.first("incident-lock", IncidentRow::new, incident.id())
                    .orElseThrow(() -> new SQLException("a delivery without its incident"));
            long now = session.now();
            boolean closed = kind == Kind.CLOSED;
            Duration wait = closed ? null : next(present);
            long due = wait == null ? now : now + wait.toMillis();
            return session.update(
                    "delivery-told",
                    wait == null ? "delivered" : "waiting",
                    due,
                    due,
                    wait == null ? now : null,
                    wait == null ? delivery.attempts() + 1 : 0,
                    wait == null ? 0 : 1,
                    incident.count(),
                    closed ? CLOSED : OPEN,
                    incident.severity(),
                    now,
                    delivery.id(),
                    delivery.leasedUntil());
        }

        /** After how long there is more to tell; null where there is nothing. */
        private Duration next(IncidentRow present) {
            if (!present.isOpen()) {
                return Duration.ZERO;
            }
            if (present.count == incident.count() || present.held() != null) {
                return null;
            }
            return AlertSpec.isGraver(present.severity, incident.severity())
                    ? Duration.ZERO
                    : Duration.ofMillis(present.terms.interval());
        }
    }
}
