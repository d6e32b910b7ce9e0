package io.fusewire.store;

import io.fusewire.error.InvalidRequestException;
import io.fusewire.event.EventReader;
import io.fusewire.event.Labels;
import io.fusewire.store.EventHistory.Delivered;
import io.fusewire.store.EventHistory.Joined;
import io.fusewire.store.EventHistory.Told;
import io.fusewire.store.EventSearch.Found;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The events, as an operator asks for them and sees them. With the names of the admin API. Thread-safe. */
public final class EventPages {
    /** What may be asked for. */
    public static final List<String> ASKED =
            List.of("type", "source", "project", "trace", "name", "text", "since", "until", "before", "limit");

    private static final int MOST = 1_000;
    private static final int LONGEST_TEXT = 200;
    private static final String QUERY = "CamelHttpQuery";
    private static final List<String> SHOWN = List.of(Labels.PROJECT, Labels.TRACE, Labels.NAME, Labels.ERROR);
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    private final Store store;
    private final EventSearch search;

    public EventPages(Store store, EventReader reader) {
        this.store = store;
        this.search = new EventSearch(store, reader, System::nanoTime);
    }

    /**
     * A page, newest first: {@code events}, as {@code next} what to ask for the one after it by ({@code before}), if anything
     * older is left, and then as {@code back} how far this one went. It may hold fewer than asked for, even none, and have a
     * next one.
     *
     * @param asked by the names of {@link #ASKED}; times are such as {@code 2026-11-30T08:00:00Z}, or {@code 2h} for two hours ago
     * @throws InvalidRequestException in a sentence
     */
    public Map<String, Object> list(Map<String, ?> asked) {
        known(String.valueOf(asked.get(QUERY)));
        Instant now = Instant.ofEpochMilli(store.read(Session::now));
        EventFilter wanted = new EventFilter(
                text(asked, "type"),
                text(asked, "source"),
                text(asked, "project"),
                text(asked, "trace"),
                text(asked, "name"),
                text(asked, "text"),
                time(asked, "since", now),
                time(asked, "until", now));
        EventSearch.Page page = search.find(wanted, number(asked, "before").orElse(Long.MAX_VALUE), (int)
                Math.max(1, Math.min(number(asked, "limit").orElse(100L), MOST)));
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("events", page.events().stream().map(EventPages::told).toList());
        if (page.next() != null) {
            told.put("next", page.next());
            if (page.back() != null) {
                told.put("back", page.back().toString());
            }
        }
        return told;
    }

    /** One with all its labels, its body, as it arrived, and what became of it in words; null when there is none. */
    public Map<String, Object> get(long number) {
        Found found = search.get(number).orElse(null);
        if (found == null) {
            return null;
        }
        Map<String, Object> told = told(found);
        if (found.event() != null) {
            told.put("labels", found.event().labels());
        }
        told.put("body", new String(found.told().event().body(), StandardCharsets.UTF_8));
        told.put("why", found.told().lines());
        return told;
    }

    private static Map<String, Object> told(Found found) {
        Told event = found.told();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", event.event().id());
        told.put("event", event.event().key());
        told.put("received", event.event().receivedAt().toString());
        told.put("source", event.event().source());
        if (found.event() != null) {
            told.put("type", found.event().type());
            SHOWN.stream()
                    .filter(label -> !found.event().label(label).equals(Labels.NONE))
                    .forEach(label -> told.put(label, found.event().label(label)));
        }
        told.put("decided", event.decided());
        told.put(
                "alerts",
                Stream.concat(
                                event.deliveries().stream().map(EventPages::told),
                                event.incidents().stream().map(EventPages::told))
                        .toList());
        return told;
    }

    private static Map<String, Object> told(Delivered delivery) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("rule", delivery.rule());
        told.put("severity", delivery.severity());
        told.put("sink", delivery.sink());
        told.put("state", delivery.state());
        told.put(
                delivery.state().equals("waiting") ? "due" : "at",
                delivery.until().toString());
        told.put("attempts", delivery.attempts());
        reason(told, delivery.reason());
        return told;
    }

    private static Map<String, Object> told(Joined incident) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("rule", incident.rule());
        told.put("severity", incident.severity());
        told.put("incident", incident.id());
        told.put("open", incident.open());
        told.put("count", incident.count());
        if (incident.sink() != null) {
            told.put("sink", incident.sink());
            told.put("state", incident.state());
            told.put(
                    incident.state().equals("waiting") ? "due" : "at",
                    incident.until().toString());
            told.put("told", incident.told());
            reason(told, incident.reason());
        }
        return told;
    }

    private static void reason(Map<String, Object> told, String reason) {
        if (reason != null) {
            told.put("reason", reason);
        }
    }

    /** A name that there is not would be a filter that filters nothing. */
    private static void known(String query) {
        Stream.of(query.split("&"))
                .filter(one -> one.contains("="))
                .map(one -> one.substring(0, one.indexOf('=')))
                .filter(name -> !ASKED.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidRequestException("Events are asked for by " + String.join(", ", ASKED) + ".");
                });
    }

    private static String text(Map<String, ?> asked, String name) {
        return text(asked, name, text -> {
            InvalidRequestException.unlessText(name, text, LONGEST_TEXT);
            return text;
        });
    }

    private static Instant time(Map<String, ?> asked, String name, Instant now) {
        return text(asked, name, text -> {
            Matcher ago = AGO.matcher(text);
            try {
                return ago.matches()
                        ? now.minus(UNITS.get(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1))))
                        : Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
            } catch (DateTimeException | ArithmeticException e) {
                throw new InvalidRequestException(
                        name + " is a time such as 2026-11-30T08:00:00Z, or 2h for two hours ago.");
            }
        });
    }

    private static Optional<Long> number(Map<String, ?> asked, String name) {
        return Optional.ofNullable(text(asked, name, text -> {
            if (!text.matches("\\d{1,18}")) {
                throw new InvalidRequestException(name + " is a whole number.");
            }
            return Long.parseLong(text);
        }));
    }

    private static <T> T text(Map<String, ?> asked, String name, Function<String, T> read) {
        return asked.get(name) == null ? null : read.apply(String.valueOf(asked.get(name)));
    }
}
