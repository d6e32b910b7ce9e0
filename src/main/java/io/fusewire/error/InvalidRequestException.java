package io.fusewire.error;

import java.util.Map;
import java.util.regex.Pattern;

/** What an operator asks for is refused. The message is one sentence that says what would be right; it may quote the request. */
public final class InvalidRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Control characters, halves of surrogate pairs, and what else ends a line. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]");

    public InvalidRequestException(String sentence) {
        super(sentence);
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
