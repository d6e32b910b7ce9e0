package io.fusewire.store;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.fusewire.event.Event;
import io.fusewire.event.Labels;
import io.fusewire.store.Inbox.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What events are looked for by; null where anything will do.
 *
 * @param name of the score, prompt, monitor, resource, generation or trace
 * @param text what its body holds somewhere, in capitals or not
 * @param since not received before
 * @param until not received after
 */
public record EventFilter(
        String type,
        String source,
        String project,
        String trace,
        String name,
        String text,
        Instant since,
        Instant until) {
    /** What JSON writes as it is, whoever wrote it. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:-]+");

    /** All events of a trace. */
    public static EventFilter ofTrace(String trace) {
        return new EventFilter(null, null, null, trace, null, null, null, null);
    }

    /** Whatever else, it holds this: the longest part of what is looked for that no JSON writes in another way. */
    String part() {
        return Stream.of(project, trace, name, text)
                .filter(any -> any != null && !any.equals(Labels.NONE))
                .flatMap(any -> PLAIN.matcher(any).results().map(MatchResult::group))
                .max(Comparator.comparingInt(String::length))
                .map(longest -> longest.toLowerCase(Locale.ROOT))
                .orElse("");
    }

    boolean fits(StoredEvent stored, Event event) {
        return is(Labels.PROJECT, project, event)
                && is(Labels.TRACE, trace, event)
                && is(Labels.NAME, name, event)
                && (text == null || says(stored, event));
    }

    private static boolean is(String label, String wanted, Event event) {
        return wanted == null || event != null && event.label(label).equals(wanted);
    }

    private boolean says(StoredEvent stored, Event event) {
        String said = event == null
                ? new String(stored.body(), StandardCharsets.UTF_8)
                : event.json().toString();
        String quoted = String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
        return said.toLowerCase(Locale.ROOT).contains(quoted.toLowerCase(Locale.ROOT));
    }
}
