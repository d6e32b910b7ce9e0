package io.fusewire.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What holds alerts back for a time: those that every one of its matchers matches. Immutable. Its times are milliseconds
 * since 1970, by the store's clock.
 *
 * @param matchers none where they could not be read: it holds nothing then
 * @param endsAt the first moment at which it holds nothing any more
 * @param endedAt when somebody ended it sooner, or null
 * @param endedBy who did, or null where that was not said
 */
public record Silence(
        long id,
        List<SilenceMatcher> matchers,
        long startsAt,
        long endsAt,
        long madeAt,
        String madeBy,
        String comment,
        Long endedAt,
        String endedBy) {
    static final String ACTIVE = "active";
    static final String PENDING = "pending";
    static final String EXPIRED = "expired";

    /** The word for what it holds back, in a delivery's reason. */
    static final String REASON = "silence ";

    /** Whether it holds an alert of this rule, for an event of these labels, at a time that it covers. */
    public boolean holds(Map<String, Object> labels, String rule) {
        return !matchers.isEmpty() && matchers.stream().allMatch(matcher -> matcher.matches(labels, rule));
    }

    /** Why an alert that it holds is not sent: {@code silence 3}. */
    public String reason() {
        return REASON + id;
    }

    /** {@code pending}, {@code active} or {@code expired}. */
    public String state(long now) {
        if (endedAt != null || endsAt <= now) {
            return EXPIRED;
        }
        return startsAt > now ? PENDING : ACTIVE;
    }

    /** It with the names of the admin API. */
    public Map<String, Object> told(long now) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", id);
        told.put("state", state(now));
        told.put("matchers", matchers.stream().map(SilenceMatcher::told).toList());
        told.put("from", Instant.ofEpochMilli(startsAt).toString());
        told.put("until", Instant.ofEpochMilli(endsAt).toString());
        told.put("made", Instant.ofEpochMilli(madeAt).toString());
        told.put("by", madeBy);
        told.put("why", comment);
        if (endedAt != null) {
            told.put("ended", Instant.ofEpochMilli(endedAt).toString());
            told.put("endedBy", endedBy);
        }
        return told;
    }

    static Silence read(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        long ended = row.getLong("ended_at");
        return new Silence(
                id,
                SilenceMatcher.read(id, row.getString("matchers")),
                row.getLong("starts_at"),
                row.getLong("ends_at"),
                row.getLong("made_at"),
                row.getString("made_by"),
                row.getString("comment"),
                ended == 0 ? null : ended,
                row.getString("ended_by"));
    }
}
