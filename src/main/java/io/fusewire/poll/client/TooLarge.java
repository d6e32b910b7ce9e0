package io.fusewire.poll.client;

/** An answer that is larger than we read. */
public final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    TooLarge() {
        super("the answer is larger than " + (PageReader.MOST_BYTES >> 20) + " MiB");
    }
}
