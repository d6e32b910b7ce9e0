package io.fusewire.poll.client;

import io.fusewire.event.EventReader;
import io.fusewire.poll.client.PageReader.TooLargeException;
import io.fusewire.poll.client.PageReader.UnreadablePageException;
import io.fusewire.store.NodeLeases;
import io.fusewire.store.PollCursors;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A poll of one project: what to ask next, what an answer means, and what to do after what went wrong. Whoever drives it
 * calls {@link #isDue}, makes the request, and says how that ended: by {@link #read} and {@link #took}, or else by {@link
 * #refused}, {@link #failed} or {@link #storeAway}. One thread at a time; what is said for health and metrics ({@link
 * #trouble}, {@link #lag}, {@link #budgetLeft}) may be asked by any.
 */
public final class Poll {
    private static final Logger LOG = LoggerFactory.getLogger(Poll.class);

    private final PollSettings settings;
    private final PollLease lease;
    private final PollSchedule schedule;
    private final KnownServer known;
    private final PollResponses responses;
    private final EventBodies events;
    private final ProgressLog progress;
    private final InstantSource clock;
    private final ServerClock server;
    private final RequestBudget budget;
    private final RequestBudget dearBudget;

    private ApiRequest request;
    private WindowScan scan;
    private String next;
    private boolean aside;
    private int rows;

    /**
     * @param stored finds a stored event's body by its key
     * @param clock what intervals and rests are measured by; it need not agree with the server's
     */
    public Poll(
            PollSettings settings,
            NodeLeases leases,
            PollCursors cursors,
            EventReader reader,
            Function<String, Optional<byte[]>> stored,
            InstantSource clock) {
        this.settings = settings;
        this.lease = new PollLease(leases, settings);
        this.schedule = new PollSchedule(settings, cursors, clock.instant());
        this.known = new KnownServer(settings.fetch());
        this.responses = new PollResponses(settings, known, schedule, clock);
        this.events = new EventBodies(settings, reader, new ScoreChanges(reader, stored));
        this.progress = new ProgressLog(settings);
        this.clock = clock;
        this.server = new ServerClock(clock);
        this.budget = new RequestBudget(settings.requestsPerMinute());
        this.dearBudget = new RequestBudget(Math.max(1, settings.requestsPerMinute() / 2));
    }

    public PollSettings settings() {
        return settings;
    }

    /** Whether there is a request to make now, by this gateway. */
    public boolean isDue() {
        Instant now = clock.instant();
        if (!responses.isBackoffOver(now)) {
            return false;
        }
        if (!lease.isOurs(now)) {
            schedule.forget();
            responses.forget();
            return false;
        }
        request = next(now).orElse(null);
        if (request == null || !budgetOf(request).isFree(now)) {
            return false;
        }
        budgetOf(request).spend(now);
        return true;
    }

    private Optional<ApiRequest> next(Instant now) {
        if (!known.isGreeted() || server.isInDoubt()) {
            return Optional.of(new ApiRequest.Health());
        }
        if (!known.isProjectAsked() && known.version(Feed.SCORES) == ApiVersion.LEGACY) {
            return Optional.of(new ApiRequest.Project());
        }
        scan = schedule.next(now, server.now()).orElse(null);
        return Optional.ofNullable(scan).map(any -> any.question(known.version(any.feed())));
    }

    private RequestBudget budgetOf(ApiRequest asked) {
        return asked instanceof ApiRequest.Rows page && page.endpoints().isDear(page.feed()) ? dearBudget : budget;
    }

    /** Where the request goes. Holds no secret. */
    public URI uri() {
        return request.below(settings.base());
    }

    /** What the request's header {@code Authorization} says: a secret; empty for the one that needs none. */
    public String authorization() {
        return request instanceof ApiRequest.Health
                ? ""
                : PollSettings.authorization(settings.publicKey(), settings.secretKey());
    }

    /**
     * Reads the answer, which had status 200.
     *
     * @param date its {@code Date} header, or null
     * @return the events that it tells of, as bodies that an {@link EventReader} reads; what can't be read is one of
     *     them, with its reason
     * @throws UnreadablePageException when it is to be asked for again
     * @throws TooLargeException when less is to be asked for
     */
    public List<byte[]> read(InputStream body, String date)
            throws IOException, UnreadablePageException, TooLargeException {
        server.heard(date);
        aside = false;
        next = null;
        rows = 0;
        if (request instanceof ApiRequest.Rows page) {
            return rows(body, page);
        }
        responses.answered(request, PageReader.json(body));
        return List.of();
    }

    private List<byte[]> rows(InputStream body, ApiRequest.Rows asked)
            throws IOException, UnreadablePageException, TooLargeException {
        try {
            PageReader.Page page = PageReader.read(body, asked);
            next = page.next();
            rows = page.rows().size();
            return events.of(asked.feed(), page, known.project());
        } catch (UnreadablePageException e) {
            if (!responses.setsAside(scan, e)) {
                throw e;
            }
            return List.of(setAside(e.getMessage()));
        } catch (TooLargeException e) {
            if (scan.narrow()) {
                throw e;
            }
            return List.of(setAside(e.getMessage()));
        }
    }

    private byte[] setAside(String reason) {
        aside = true;
        LOG.warn(
                "Poll {}: {} of {} can't be read and are set aside; {}",
                settings.name(),
                scan.feed().word(),
                scan.window(),
                reason);
        return events.unread(scan.feed(), scan.window(), reason);
    }

    /**
     * All that {@link #read} returned is stored.
     *
     * @throws io.fusewire.error.StoreUnavailableException when that can't be noted; then {@link #storeAway} is to be called
     */
    public void took() {
        responses.stored(request);
        if (request instanceof ApiRequest.Rows) {
            if (aside) {
                scan.skip();
            } else {
                scan.took(next);
            }
            progress.stored(rows, scan, clock.instant(), server.now());
            if (scan.isDone()) {
                schedule.done(scan);
            }
        }
    }

    /**
     * The API answered with another status than 200.
     *
     * @param retryAfter how long it asked us to wait, or null
     * @return the word by which that is counted
     */
    public String refused(int status, Duration retryAfter) {
        String word = responses.refused(request, scan, status, retryAfter);
        if (word.equals("missing")) {
            server.settle();
        }
        return word;
    }

    /**
     * No answer came, or none that could be read.
     *
     * @param reason for people, without secrets
     * @return the word by which that is counted
     */
    public String failed(Exception fault, String reason) {
        return responses.failed(request, scan, fault, reason);
    }

    /** The answer was read, but could not be stored: the same is asked again. */
    public void storeAway() {
        responses.notStored();
    }

    /** This gateway stops; another one may go on at once. */
    public void giveBack() {
        schedule.forget();
        lease.giveBack();
    }

    /** What is wrong with it, in a sentence without secrets; empty when nothing is. */
    public Optional<String> trouble() {
        return Optional.ofNullable(responses.trouble()).or(() -> Optional.ofNullable(server.trouble()));
    }

    /** How far behind the server's now it is with a feed; empty where another gateway polls. */
    public Optional<Duration> lag(Feed feed) {
        return schedule.watermark(feed).map(stored -> Duration.between(stored, server.now()));
    }

    /** How many more requests may be made within the minute. */
    public int budgetLeft() {
        return (known.isDear() ? dearBudget : budget).left(clock.instant());
    }
}
