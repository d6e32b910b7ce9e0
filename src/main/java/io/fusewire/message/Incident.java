package io.fusewire.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.message.MessageFormat.Truncate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An incident as a sink is told of it: what is true when the message is made. Of a message that joins no incident only
 * the key is known. Immutable if its lists are.
 *
 * @param key what sinks know it by; see {@link Alert#incident}
 * @param id its number in the store, or null
 * @param kind what the sink is told, or null where the message joins no incident, as is all that follows
 * @param count its alerts so far
 * @param more its alerts since this sink was told last
 * @param since its first alert's time
 * @param last its latest alert's time
 * @param closed when it was closed, or null while it is open
 * @param reason why it was closed: quiet, recovered, by-hand or stale; or null
 * @param who who closed or acknowledged it, or null
 * @param group the labels that tell it from another, in the order of the rule's groupBy
 * @param texts its most frequent texts, the most frequent first; three are shown
 * @param samples some of its traces; five are shown
 * @param folded whether it stands for all further causes of its rule, since too many are open
 */
public record Incident(
        String key,
        Long id,
        Kind kind,
        long count,
        long more,
        Instant since,
        Instant last,
        Instant closed,
        String reason,
        String who,
        Map<String, String> group,
        List<Text> texts,
        List<Sample> samples,
        boolean folded) {
    private static final int MOST_TEXTS = 3;
    private static final int MOST_SAMPLES = 5;
    /** UTF-16 units of a text that are shown; three of them fit a section of Slack, escaped or not. */
    private static final int LONGEST_TEXT = 240;

    /** What a sink is told of an incident. */
    public enum Kind {
        OPENED,
        DEVELOPING,
        GRAVER,
        STILL_OPEN,
        CLOSED;

        /** As templates write it: {@code still-open}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A text of the incident's alerts, and how many have it. */
    public record Text(String text, long count) {}

    /** A trace of the incident, and the observation in it; an empty text, null or "none" where one is unknown. */
    public record Sample(String trace, String observation) {}

    /** What a message is known by that joins no incident. */
    public static Incident ofItsOwn(String key) {
        return new Incident(key, null, null, 0, 0, null, null, null, null, null, Map.of(), List.of(), List.of(), false);
    }

    /**
     * What templates see, with the words for it. Texts are cut to a line, then escaped.
     *
     * @param view the page of a sample
     * @param clock now, in the zone in which times are told
     */
    ObjectNode json(MessageFormat format, Function<Sample, Optional<String>> view, Clock clock) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("key", format.escape(key));
        if (kind == null) {
            return json;
        }
        json.put("id", id).put("kind", kind.word());
        json.put("state", kind == Kind.CLOSED ? "closed" : "open");
        json.put("count", count).put("more", more);
        json.put("since", Templates.MILLIS.format(since)).put("last", Templates.MILLIS.format(last));
        json.put("closed", closed == null ? null : Templates.MILLIS.format(closed));
        json.put("reason", reason).put("who", who == null ? null : format.escape(line(who)));
        ObjectNode labels = json.putObject("group");
        group.forEach((label, value) -> labels.put(format.escape(label), format.escape(value)));
        texts(json.putArray("texts"), format);
        samples(json.putArray("samples"), format, view);
        return words(json.put("folded", folded), clock);
    }

    private void texts(ArrayNode json, MessageFormat format) {
        for (Text said : texts) {
            String text = line(said.text());
            if (json.size() < MOST_TEXTS && isKnown(text)) {
                json.addObject()
                        .put("text", format.escape(text))
                        .put("count", said.count())
                        .put("counted", number(said.count()));
            }
        }
    }

    private void samples(ArrayNode json, MessageFormat format, Function<Sample, Optional<String>> view) {
        for (Sample sample : samples) {
            if (json.size() < MOST_SAMPLES && isKnown(sample.trace())) {
                String trace = line(sample.trace());
                json.addObject()
                        .put("trace", format.escape(trace))
                        .put("brief", format.escape(brief(trace)))
                        .put("view", view.apply(sample).orElse(null));
            }
        }
    }

    private ObjectNode words(ObjectNode json, Clock clock) {
        Instant now = closed == null ? clock.instant() : closed;
        String span = count > 1 ? " in " + words(Duration.between(since, last)) : "";
        json.put("counted", number(count) + span).put("rate", rate());
        json.put("alerts", number(count) + (count == 1 ? " alert" : " alerts"));
        json.put("moreCounted", number(more)).put("lasted", words(Duration.between(since, now)));
        json.put("sinceAt", at(since, clock)).put("lastAt", at(last, clock));
        return json.put("zone", local("z", now, clock));
    }

    /** Over all its time; null where it is too short to say, since the count says it then. */
    private String rate() {
        long seconds = Duration.between(since, last).toSeconds();
        if (count < 2 || seconds < 60) {
            return null;
        }
        double rate = 3600.0 * count / seconds;
        if (rate >= 60) {
            return fraction(rate / 60) + " a minute";
        }
        return rate >= 0.95 ? fraction(rate) + " an hour" : fraction(rate * 24) + " a day";
    }

    private static String fraction(double rate) {
        String text = String.format(Locale.ROOT, rate < 10 ? "%.1f" : "%,.0f", rate);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** The two largest units, whole; a second at least. */
    private static String words(Duration length) {
        if (length.toDays() > 0) {
            return (length.toDays() + " d " + length.toHoursPart() + " h").replace(" 0 h", "");
        }
        if (length.toHours() > 0) {
            return (length.toHours() + " h " + length.toMinutesPart() + " min").replace(" 0 min", "");
        }
        return length.toMinutes() > 0 ? length.toMinutes() + " min" : Math.max(1, length.toSeconds()) + " s";
    }

    private static String at(Instant time, Clock clock) {
        boolean today = LocalDate.ofInstant(time, clock.getZone()).equals(LocalDate.now(clock));
        return local(today ? "HH:mm" : "d MMM HH:mm", time, clock);
    }

    private static String local(String pattern, Instant time, Clock clock) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                .withZone(clock.getZone())
                .format(time);
    }

    private static String line(String text) {
        String read = Truncate.plain(text, 10 * LONGEST_TEXT);
        return Truncate.plain(read.strip().replaceAll("\\s+", " "), LONGEST_TEXT);
    }

    /** An id by which people tell it from others beside it. */
    private static String brief(String id) {
        return id.length() <= 16 ? id : Truncate.plain(id, 7) + id.substring(id.length() - 6);
    }

    static boolean isKnown(String text) {
        return text != null && !text.isBlank() && !text.equals("none");
    }
}
