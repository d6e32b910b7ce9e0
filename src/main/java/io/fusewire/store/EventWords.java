package io.fusewire.store;

import io.fusewire.store.EventHistory.Delivered;
import io.fusewire.store.EventHistory.Joined;
import io.fusewire.store.EventHistory.Said;
import io.fusewire.store.EventHistory.Told;
import io.fusewire.store.Inbox.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What became of an event, in a sentence and in lines. Thread-safe. */
final class EventWords {
    private static final String RULES = "rules";
    private static final String WAITING = "waiting";

    private EventWords() {}

    static List<String> lines(Told told) {
        StoredEvent event = told.event();
        List<String> lines = new ArrayList<>();
        lines.add("event " + event.id() + ", key " + event.key() + ": entered by source " + event.source() + " at "
                + event.receivedAt() + ", proven and new; "
                + (told.decided() ? "its rules have run" : "it waits for its rules"));
        told.deliveries().forEach(delivery -> lines.add("  " + line(delivery)));
        told.incidents().forEach(incident -> lines.add("  " + line(incident)));
        return lines;
    }

    private static String line(Delivered one) {
        return one.sink() + ": " + one.state() + (one.state().equals(WAITING) ? ", due " : " ") + one.until()
                + ", rule " + one.rule() + " (" + one.severity() + "), attempts " + one.attempts()
                + (one.replays() > 0 ? ", replays " + one.replays() : "")
                + (one.reason() == null ? "" : "; " + one.reason());
    }

    private static String line(Joined one) {
        String incident = "incident " + one.id() + ", rule " + one.rule() + " (" + one.severity() + "): "
                + (one.open() ? "open" : "closed") + ", alerts " + one.count();
        return one.sink() == null
                ? incident
                : incident + "; " + one.sink() + ": " + state(one) + one.until() + ", told of " + one.told()
                        + (one.reason() == null ? "" : "; " + one.reason());
    }

    /** What waits may be the news since it was told. */
    private static String state(Joined one) {
        Said said = one.said();
        if (!one.state().equals(WAITING)) {
            return one.state() + " ";
        }
        return said == null
                ? "waiting, due "
                : (said.printed() ? "printed " : "told ") + said.at() + ", next news due ";
    }

    static String sentence(Told told) {
        if (!told.decided()) {
            return "Event " + told.event().id() + " waits for its rules.";
        }
        List<String> parts =
                new ArrayList<>(told.deliveries().stream().map(EventWords::of).toList());
        Map<Long, String> incidents = new LinkedHashMap<>();
        told.incidents()
                .forEach(joined -> incidents.merge(
                        joined.id(),
                        "it joined incident " + joined.id() + ", of which " + of(joined),
                        (first, more) -> first + ", " + of(joined)));
        parts.addAll(incidents.values());
        return "Event " + told.event().id() + ": "
                + (parts.isEmpty() ? "no rule sent it anywhere" : String.join("; ", parts)) + ".";
    }

    private static String of(Delivered delivery) {
        if (delivery.sink().equals(RULES) && !delivery.state().equals(WAITING)) {
            return "rule " + delivery.rule() + " failed for it at " + delivery.until() + ", which is a dead letter"
                    + because(delivery.reason());
        }
        return state(delivery.sink(), delivery.state(), delivery.until(), delivery.reason());
    }

    private static String of(Joined joined) {
        if (joined.sink() == null) {
            return "no sink is told";
        }
        Said said = joined.said();
        boolean ended = joined.state().equals("delivered") || joined.state().equals("printed");
        if (said == null || ended) {
            return state(joined.sink(), joined.state(), joined.until(), joined.reason());
        }
        String before = state(joined.sink(), said.printed() ? "printed" : "delivered", said.at(), null);
        return joined.state().equals(WAITING)
                ? before + " and gets the next news at " + joined.until() + because(joined.reason())
                : before + ", but of the news since "
                        + state(joined.sink(), joined.state(), joined.until(), joined.reason());
    }

    private static String state(String sink, String state, Instant until, String reason) {
        return switch (state) {
            case "delivered" -> sink + " was told at " + until;
            case "printed" -> sink + ", which has no address, printed it at " + until;
            case WAITING -> sink + " was not told yet, due " + until + because(reason);
            case "suppressed" -> sink + " was not told" + because(held(reason));
            case "discarded" -> sink + " was not told, it was discarded at " + until + because(reason);
            default -> sink + " was not told, a dead letter since " + until + because(reason);
        };
    }

    private static String held(String reason) {
        return reason != null && ActiveSilences.isReason(reason) ? "it is held by " + reason : reason;
    }

    private static String because(String reason) {
        return Stream.ofNullable(reason).map(why -> ": " + why).findFirst().orElse("");
    }
}
