package io.fusewire.poll.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Windows of a feed on their way to being stored to their last page. One thread at a time. */
final class WindowScan {
    /** A window that can't be read is not cut smaller. */
    private static final Duration SMALLEST = Duration.ofMinutes(1);

    private static final int FEWEST_ROWS = 5;
    private static final int TRIES = 3;

    private final Feed feed;
    private final boolean sweep;
    private final Instant to;
    private final Instant asOf;
    private final Deque<TimeWindow> left = new ArrayDeque<>();
    private final int mostRows;
    private String place;
    private int limit;
    private int tries;
    private boolean read;
    private boolean lost;

    /** @param asOf the server's time when this was begun: what came after it may lie before {@code to} */
    WindowScan(Feed feed, boolean sweep, List<TimeWindow> windows, Instant to, Instant asOf, int limit) {
        this.feed = feed;
        this.sweep = sweep;
        this.left.addAll(windows);
        this.to = to;
        this.asOf = asOf;
        this.mostRows = limit;
        this.limit = limit;
    }

    ApiRequest.Rows question(ApiVersion endpoints) {
        return new ApiRequest.Rows(feed, endpoints, left.getFirst(), Math.min(limit, endpoints.mostRows(feed)), place);
    }

    /** All rows of the page are durable; the next one begins at {@code next}, or there is none. */
    void took(String next) {
        read = true;
        tries = 0;
        place = next;
        if (next == null) {
            skip();
        }
    }

    /** The first window is done with. The next may be asked for by larger pages: pages by number must not change within one. */
    void skip() {
        left.removeFirst();
        limit = Math.min(2 * limit, mostRows);
        place = null;
        tries = 0;
        lost = false;
    }

    boolean isDone() {
        return left.isEmpty();
    }

    /** From its first page again, by other endpoints. */
    void again() {
        place = null;
    }

    /** The server doesn't know its cursor any more: from the first page again, and then in halves, down to one page. */
    void lostPlace() {
        place = null;
        if (lost) {
            halve();
        }
        lost = true;
    }

    boolean isInside() {
        return place != null;
    }

    /**
     * Asks for less: fewer rows, and at last a shorter time.
     *
     * @return false where there is no less
     */
    boolean narrow() {
        place = null;
        if (limit > FEWEST_ROWS) {
            limit = Math.max(limit / 4, FEWEST_ROWS);
            return true;
        }
        return halve();
    }

    /**
     * The server failed: the same is asked for again, then less and less, and at last another window first.
     *
     * @param tooMuch whether it failed at the amount
     */
    void failed(boolean tooMuch) {
        tries = tooMuch ? TRIES : tries + 1;
        if (tries >= TRIES) {
            tries = TRIES - 1;
            if (!narrow()) {
                left.addLast(left.removeFirst());
            }
        }
    }

    private boolean halve() {
        if (left.getFirst().length().compareTo(SMALLEST) <= 0) {
            return false;
        }
        List<TimeWindow> halves = left.removeFirst().halves();
        left.addFirst(halves.get(1));
        left.addFirst(halves.get(0));
        return true;
    }

    /** What becomes of a page that could not be read. */
    enum Unread {
        ASK_AGAIN,
        ASK_ANOTHER,
        SET_ASIDE,
        GIVE_UP
    }

    /**
     * A page could not be read: it is asked for again, then in halves, and what is small and still can't be read is set
     * aside; but only after something else could be read, or else it is the server that fails.
     */
    Unread unread() {
        place = null;
        if (++tries < TRIES) {
            return Unread.ASK_AGAIN;
        }
        tries = TRIES - 1;
        if (halve()) {
            return Unread.ASK_AGAIN;
        }
        if (read) {
            read = false;
            return Unread.SET_ASIDE;
        }
        left.addLast(left.removeFirst());
        return left.size() > 1 ? Unread.ASK_ANOTHER : Unread.GIVE_UP;
    }

    /** Without the long spans, which this server can't be asked for. */
    void withoutTail() {
        left.removeIf(TimeWindow::isTail);
        place = null;
    }

    TimeWindow window() {
        return left.getFirst();
    }

    /** Whether it ends now, so that nothing newer is left to ask for. */
    boolean isUpToNow() {
        return to.equals(asOf);
    }

    Feed feed() {
        return feed;
    }

    boolean isSweep() {
        return sweep;
    }

    Instant to() {
        return to;
    }

    Instant asOf() {
        return asOf;
    }

    int limit() {
        return limit;
    }
}
