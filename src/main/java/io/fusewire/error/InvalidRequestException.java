package io.fusewire.error;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an operator asks for is refused. The message is one sentence that says what would be right; it may quote the request. */
public final class InvalidRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of a longer name nobody needs to be told the rest. */
    private static final int LONGEST_NAME = 40;

    /** Control characters, halves of surrogate pairs, and what else ends a line. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private final int status;

    public InvalidRequestException(String sentence) {
        this(400, sentence);
    }

    private InvalidRequestException(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    /**
     * Refuses what names something that there is not.
     *
     * @param near the name that was most likely meant
     */
    public static InvalidRequestException unknown(String what, String name, Optional<String> near) {
        String quoted = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
        return new InvalidRequestException(
                404,
                "There is no " + what + " '" + printable(quoted) + "'"
                        + near.map(meant -> "; did you mean '" + meant + "'?").orElse("."));
    }

    /** Of an answer: 404 for a name that there is not, else 400. */
    public int getStatus() {
        return status;
    }

    /**
     * Refuses a text that is missing or blank, longer than {@code longest} characters, or more than one printable line.
     *
     * @param what the sentence's subject
     */
    public static void unlessText(String what, String text, int longest) {
        if (text == null
                || text.isBlank()
                || text.length() > longest
                || UNPRINTABLE.matcher(text).find()) {
            throw new InvalidRequestException(
                    what + " is a text of 1 to " + longest + " characters, without control characters.");
        }
    }

    /** The text with a question mark for each character that {@link #unlessText} refuses. */
    public static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }

    /** The answer as an object, since a sentence that quotes a request must be escaped. */
    public Map<String, String> getAnswer() {
        return Map.of("error", getMessage());
    }
}
