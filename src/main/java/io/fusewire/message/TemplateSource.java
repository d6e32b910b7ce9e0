package io.fusewire.message;

import io.fusewire.message.MessageFormat.Truncate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * The text of a template: its preludes, and its own file behind them.
 *
 * @param parts in their order; the last is the template's own
 */
record TemplateSource(List<Part> parts) {
    private static final int LONGEST_REASON = 120;
    private static final Pattern PLACE = Pattern.compile("line (\\d{1,9}), column (\\d{1,9})");
    /** As JavaCC quotes a character, or a word, which it says twice or with its kind. */
    private static final Pattern FOUND =
            Pattern.compile("Encountered: ('.*?') [(]|Encountered \"(?:.* )?\"(.*?) ?\"\" at");

    /** @param file a path below {@code templates} */
    record Part(String file, String text) {
        private int lines() {
            return (int) text.chars().filter(c -> c == '\n').count() + 1;
        }
    }

    String file() {
        return parts.get(parts.size() - 1).file;
    }

    String text() {
        return parts.stream().map(Part::text).collect(Collectors.joining("\n"));
    }

    /** What is wrong with it, and in which file, line and column of a text that is several. */
    String fault(JsonQueryException e) {
        String said = String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage())
                .lines()
                .findFirst()
                .orElse("");
        Matcher place = PLACE.matcher(said);
        if (!place.find()) {
            return Truncate.plain(said, LONGEST_REASON);
        }
        int line = Integer.parseInt(place.group(1));
        for (Part part : parts) {
            if (line <= part.lines() || part == parts.get(parts.size() - 1)) {
                return part.file + ", line " + line + ", column " + place.group(2) + ": " + found(said);
            }
            line -= part.lines();
        }
        throw new IllegalStateException("a template has at least its own text");
    }

    private static String found(String said) {
        Matcher found = FOUND.matcher(said);
        if (said.contains("<EOF>")) {
            return "the template ends too soon.";
        }
        return found.find()
                ? Truncate.plain(found.group(1) == null ? found.group(2) : found.group(1), LONGEST_REASON)
                        + " is out of place."
                : "something is out of place.";
    }
}
