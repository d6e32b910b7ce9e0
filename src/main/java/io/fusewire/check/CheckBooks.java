package io.fusewire.check;

import io.fusewire.metrics.Meters;
import io.fusewire.store.Books;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the books' sums against each other from time to time, and shows the difference as a metric. Thread-safe. */
public final class CheckBooks {
    private static final Logger LOG = LoggerFactory.getLogger(CheckBooks.class);

    private final Books books;
    private volatile double difference = Double.NaN;

    public CheckBooks(Books books, Meters meters) {
        this.books = books;
        meters.watchBooks(() -> difference);
    }

    /** Reads the sums; says so when they don't balance. */
    public void check() {
        difference = books.sums().difference();
        if (difference != 0) {
            LOG.error("The books do not balance: {} unaccounted for; the command verify names them.", difference);
        }
    }
}
