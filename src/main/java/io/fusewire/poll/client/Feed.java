package io.fusewire.poll.client;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a poll asks Langfuse for, the most urgent first. Named as in {@code fusewire.poll.<name>.fetch}. */
public enum Feed {
    ERRORS(true, true),
    WARNINGS(true, false),
    GENERATIONS(true, false),
    SCORES(false, true);

    private final boolean spans;
    private final boolean swept;

    Feed(boolean spans, boolean swept) {
        this.spans = spans;
        this.swept = swept;
    }

    /** Whether a row comes only when its span has ended, so that it lies in the past by the span's length. */
    boolean hasSpans() {
        return spans;
    }

    /** Whether the deep sweep asks for late ones. */
    boolean isSwept() {
        return swept;
    }

    /** As properties and people call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The feed of that word, if there is one. */
    public static Optional<Feed> named(String word) {
        return Arrays.stream(values()).filter(feed -> feed.word().equals(word)).findFirst();
    }
}
