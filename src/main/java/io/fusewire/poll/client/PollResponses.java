package io.fusewire.poll.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.poll.client.PageReader.TooLargeException;
import io.fusewire.poll.client.PageReader.UnreadablePageException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each response but a page of rows leads to: what is known of the server from then on, how long it is left alone,
 * and what is asked for instead. The scan of a call is the one that the request's rows are of; no other request has one.
 * One thread at a time, but for {@link #trouble}.
 */
final class PollResponses {
    private static final Logger LOG = LoggerFactory.getLogger(PollResponses.class);

    private static final Duration KEYS_REFUSED = Duration.ofMinutes(5);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
    private static final Duration NOT_STORED = Duration.ofSeconds(5);

    private final PollSettings settings;
    private final PollSchedule schedule;
    private final InstantSource clock;
    private final Backoff backoff = new Backoff();
    private final KnownServer server;

    PollResponses(PollSettings settings, KnownServer server, PollSchedule schedule, InstantSource clock) {
        this.settings = settings;
        this.schedule = schedule;
        this.clock = clock;
        this.server = server;
    }

    boolean isBackoffOver(Instant now) {
        return backoff.isOver(now);
    }

    /** What went wrong last, in a sentence without secrets; null when nothing is. */
    String trouble() {
        return backoff.trouble();
    }

    /** The answer with status 200 to what is no request for rows. */
    void answered(ApiRequest request, JsonNode answer) {
        if (request instanceof ApiRequest.Project) {
            server.ofProject(RowMapper.text(answer.path("data").path(0), "id"));
        } else {
            server.greeted();
            LOG.info(
                    "Poll {}: {} is Langfuse {}",
                    settings.name(),
                    settings.base(),
                    RowMapper.text(answer, "version").replaceAll("\\p{Cc}+", " "));
        }
    }

    /** All that an answer held is stored. */
    void stored(ApiRequest request) {
        backoff.well();
        if (request instanceof ApiRequest.Rows page) {
            backoff.well(page.feed());
        }
    }

    /** Another gateway may poll from here on, and tells what goes wrong then. */
    void forget() {
        backoff.forget();
    }

    /** What an answer held could not be stored. */
    void notStored() {
        backoff.rest(clock.instant(), NOT_STORED, "the store takes nothing at the moment");
    }

    /**
     * A page of rows could not be read.
     *
     * @return true where its window is to be set aside; else the same or another is to be asked for, later
     */
    boolean setsAside(WindowScan scan, UnreadablePageException e) {
        WindowScan.Unread what = scan.unread();
        switch (what) {
            case ASK_AGAIN -> backoff.rest(clock.instant(), ASK_AGAIN, e.getMessage());
            case ASK_ANOTHER -> backoff.longer(clock.instant(), e.getMessage());
            case GIVE_UP -> {
                schedule.drop(scan);
                backoff.longer(clock.instant(), e.getMessage());
            }
            case SET_ASIDE -> {}
        }
        return what == WindowScan.Unread.SET_ASIDE;
    }

    /** See {@link Poll#refused}. */
    String refused(ApiRequest request, WindowScan scan, int status, Duration retryAfter) {
        Refusal refusal = Refusal.of(status);
        boolean ofServer = refusal != Refusal.RATE_LIMITED && refusal != Refusal.PROXY_REFUSED;
        if (request instanceof ApiRequest.Health && ofServer && (status < 500 || status == 501)) {
            server.saysNothing(request);
            return Refusal.MISSING.word();
        }
        switch (refusal) {
            case RATE_LIMITED -> backoff.asked(clock.instant(), retryAfter, "Langfuse asks to be left alone (429)");
            case KEYS_REFUSED -> {
                backoff.rest(clock.instant(), KEYS_REFUSED, refusedKeys(status));
                LOG.warn("Poll {}: {}", settings.name(), backoff.trouble());
            }
            case MISSING -> missing(request, scan, status);
            case NOT_UNDERSTOOD -> notUnderstood(request, scan);
            case TOO_MUCH -> lessLater(request, scan, true, "Langfuse could not answer (" + status + ")");
            case PROXY_REFUSED -> longer("the proxy answered " + status);
            case FAILED -> lessLater(request, scan, false, "Langfuse answered " + status);
        }
        return refusal.word();
    }

    private String refusedKeys(int status) {
        return "Langfuse refuses the keys (" + status + "): " + settings.property("public-key") + " and "
                + settings.property("secret-key") + " must be a project's, of " + settings.base();
    }

    /** Endpoints come with versions; and without the project's id links lead to the one that was opened last. */
    private void missing(ApiRequest request, WindowScan scan, int status) {
        if (!(request instanceof ApiRequest.Rows page)) {
            server.saysNothing(request);
            return;
        }
        ApiVersion other = page.endpoints().other();
        server.has(other, page.feed());
        scan.again();
        if (other == ApiVersion.CURRENT) {
            String where = settings.property("base-url") + ", " + settings.base();
            backoff.longer(clock.instant(), "no Langfuse (" + status + ") at " + where);
        } else {
            String path = other.path(page.feed());
            LOG.info("Poll {}: {} is asked by {}", settings.name(), page.feed().word(), path);
        }
    }

    private void notUnderstood(ApiRequest request, WindowScan scan) {
        if (!(request instanceof ApiRequest.Rows page)) {
            server.saysNothing(request);
        } else if (scan.isInside()) {
            scan.lostPlace();
            backoff.longer(clock.instant(), "Langfuse doesn't know its own cursor any more (400)");
        } else if (page.window().isTail()) {
            schedule.withoutTails(scan);
            if (scan.isDone()) {
                schedule.done(scan);
            }
        } else {
            backoff.longer(clock.instant(), "Langfuse doesn't understand the question (400)");
        }
    }

    /** Other feeds are asked for meanwhile. */
    private void lessLater(ApiRequest request, WindowScan scan, boolean tooMuch, String why) {
        if (request instanceof ApiRequest.Rows page) {
            scan.failed(tooMuch);
            schedule.defer(scan, clock.instant());
            backoff.failed(page.feed(), why);
        }
        longer(why);
    }

    private void longer(String why) {
        backoff.longer(clock.instant(), why);
        LOG.warn("Poll {} rests: {}", settings.name(), why);
    }

    /** See {@link Poll#failed}. */
    String failed(ApiRequest request, WindowScan scan, Exception fault, String reason) {
        if (fault instanceof UnreadablePageException
                || fault instanceof TooLargeException && !(request instanceof ApiRequest.Rows)) {
            LOG.warn("Poll {}: {}", settings.name(), reason);
            server.saysNothing(request);
            return "unreadable";
        }
        if (fault instanceof TooLargeException) {
            return Refusal.TOO_MUCH.word();
        }
        // Its subclass says that no connection came about, which asking for less would not mend.
        if (fault.getClass() == SocketTimeoutException.class) {
            lessLater(request, scan, true, reason);
        } else {
            longer(reason);
        }
        return Refusal.FAILED.word();
    }
}
