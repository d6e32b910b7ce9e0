package io.fusewire.event;

/** Counts in sentences: {@code 1 event waits}, {@code 2 events wait}. */
public final class Plural {
    private Plural() {}

    /** @param many what is said of none, too */
    public static String of(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
