package io.fusewire.poll.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.EventReader;
import io.fusewire.poll.client.PageReader.TooLargeException;
import io.fusewire.poll.client.PageReader.UnreadablePageException;
import io.fusewire.store.NodeLeases;
import io.fusewire.store.PollCursors;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A poll of one project: what to ask next, what an answer means, and what to do after what went wrong. Whoever drives it
 * calls {@link #isDue}, puts the question, and says how that ended: by {@link #read} and {@link #took}, or else by {@link
 * #refused}, {@link #failed} or {@link #storeAway}. One thread at a time; what is said for health and metrics ({@link
 * #trouble}, {@link #lag}, {@link #budgetLeft}) may be asked by any.
 */
public final class Poll {
    private static final Logger LOG = LoggerFactory.getLogger(Poll.class);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration KEYS_REFUSED = Duration.ofMinutes(5);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
    private static final Duration STORE_AWAY = Duration.ofSeconds(5);

    private final PollSettings settings;
    private final PollLease turn;
    private final PollSchedule looks;
    private final EventBodies events;
    private final ProgressLog progress;
    private final InstantSource clock;
    private final ServerClock server;
    private final Backoff rests = new Backoff();
    private final Map<Feed, ApiVersion> endpoints = new ConcurrentHashMap<>();
    private final RequestBudget budget;
    private final RequestBudget dearBudget;

    private boolean greeted;
    private String project;
    private ApiRequest question;
    private WindowScan drain;
    private String next;
    private boolean aside;
    private int rows;

    /**
     * @param stored finds a stored event's body by its key
     * @param clock what intervals and rests are measured by; it need not agree with the server's
     */
    public Poll(
            PollSettings settings,
            NodeLeases chores,
            PollCursors cursors,
            EventReader reader,
            Function<String, Optional<byte[]>> stored,
            InstantSource clock) {
        this.settings = settings;
        this.turn = new PollLease(chores, settings);
        this.looks = new PollSchedule(settings, cursors, clock.instant());
        this.events = new EventBodies(settings, new ScoreChanges(reader, stored));
        this.progress = new ProgressLog(settings);
        this.clock = clock;
        this.server = new ServerClock(clock);
        this.budget = new RequestBudget(settings.requestsPerMinute());
        this.dearBudget = new RequestBudget(Math.max(1, settings.requestsPerMinute() / 2));
        settings.fetch().forEach(feed -> endpoints.put(feed, ApiVersion.CURRENT));
    }

    public PollSettings settings() {
        return settings;
    }

    /** Whether there is a question to put now, by this gateway. */
    public boolean isDue() {
        Instant now = clock.instant();
        if (!rests.isOver(now)) {
            return false;
        }
        if (!turn.isOurs(now)) {
            looks.forget();
            return false;
        }
        question = ask(now).orElse(null);
        if (question == null || !budgetOf(question).isFree(now)) {
            return false;
        }
        budgetOf(question).spend(now);
        return true;
    }

    private Optional<ApiRequest> ask(Instant now) {
        if (!greeted) {
            return Optional.of(new ApiRequest.Health());
        }
        if (project == null && endpoints.get(Feed.SCORES) == ApiVersion.LEGACY) {
            return Optional.of(new ApiRequest.Project());
        }
        drain = looks.next(now, server.now()).orElse(null);
        return Optional.ofNullable(drain).map(any -> any.question(endpoints.get(any.feed())));
    }

    private RequestBudget budgetOf(ApiRequest asked) {
        return asked instanceof ApiRequest.Rows page && page.endpoints().isDear(page.feed()) ? dearBudget : budget;
    }

    /** Where the question in hand is put. Holds no secret. */
    public URI uri() {
        return question.below(settings.base());
    }

    /** What the question's header {@code Authorization} says: a secret; empty for the one that needs none. */
    public String authorization() {
        return question instanceof ApiRequest.Health
                ? ""
                : PollSettings.authorization(settings.publicKey(), settings.secretKey());
    }

    /**
     * Reads the answer, which had status 200.
     *
     * @param date its {@code Date} header, or null
     * @return the events that it tells of, as bodies for the hallway; what can't be read is one of them, with its reason
     * @throws UnreadablePageException when it is to be asked for again
     * @throws TooLargeException when less is to be asked for
     */
    public List<byte[]> read(InputStream body, String date)
            throws IOException, UnreadablePageException, TooLargeException, UnreadableEventException {
        server.heard(date);
        aside = false;
        next = null;
        rows = 0;
        if (question instanceof ApiRequest.Rows page) {
            return rows(body, page);
        }
        JsonNode answer = PageReader.json(body);
        if (question instanceof ApiRequest.Project) {
            project = RowMapper.text(answer.path("data").path(0), "id");
        } else {
            greeted = true;
            LOG.info("Poll {}: {} is Langfuse {}", settings.name(), settings.base(), RowMapper.text(answer, "version"));
        }
        return List.of();
    }

    private List<byte[]> rows(InputStream body, ApiRequest.Rows question)
            throws IOException, UnreadablePageException, TooLargeException, UnreadableEventException {
        try {
            PageReader.Page page = PageReader.read(body, question);
            next = page.next();
            rows = page.rows().size();
            return events.of(question.feed(), page, project == null ? "" : project);
        } catch (UnreadablePageException e) {
            switch (drain.unread()) {
                case ASK_AGAIN -> rests.rest(clock.instant(), ASK_AGAIN, e.getMessage());
                case ASK_ANOTHER -> rests.longer(clock.instant(), e.getMessage());
                case GIVE_UP -> {
                    looks.drop(drain);
                    rests.longer(clock.instant(), e.getMessage());
                }
                case SET_ASIDE -> {
                    return List.of(setAside(e.getMessage()));
                }
            }
            throw e;
        } catch (TooLargeException e) {
            if (drain.narrow()) {
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
                drain.feed().word(),
                drain.window(),
                reason);
        return events.unread(drain.feed(), drain.window(), reason);
    }

    /**
     * All that {@link #read} returned is stored.
     *
     * @throws io.fusewire.error.StoreUnavailableException when that can't be noted; then {@link #storeAway} is to be called
     */
    public void took() {
        rests.well();
        if (question instanceof ApiRequest.Rows) {
            if (aside) {
                drain.skip();
            } else {
                drain.took(next);
            }
            progress.stored(rows, drain, clock.instant(), server.now());
            if (drain.isDone()) {
                looks.done(drain);
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
        Instant now = clock.instant();
        if (question instanceof ApiRequest.Health && status < 500 && status != 429) {
            greeted = true;
            return "missing";
        }
        return switch (status) {
            case 429 -> {
                rests.rest(now, retryAfter == null ? MINUTE : retryAfter, "Langfuse asks to be left alone (429)");
                yield "rate_limited";
            }
            case 401, 403 -> {
                rests.rest(now, KEYS_REFUSED, refusedKeys(status));
                LOG.warn("Poll {}: {}", settings.name(), rests.trouble());
                yield "keys_refused";
            }
            case 404 -> {
                missing(now);
                yield "missing";
            }
            case 400 -> {
                notUnderstood(now);
                yield "not_understood";
            }
            case 413, 422, 504, 524 -> {
                tooMuch("Langfuse could not answer (" + status + ")");
                yield "too_much";
            }
            default -> {
                longer("Langfuse answered " + status);
                yield "failed";
            }
        };
    }

    private String refusedKeys(int status) {
        return "Langfuse refuses the keys (" + status + "): " + settings.property("public-key") + " and "
                + settings.property("secret-key") + " must be a project's, of " + settings.base();
    }

    /** Endpoints come with versions; and without the project's id links lead to the one that was opened last. */
    private void missing(Instant now) {
        if (question instanceof ApiRequest.Rows page) {
            ApiVersion other = page.endpoints().other();
            boolean scored = page.feed() == Feed.SCORES;
            settings.fetch().stream()
                    .filter(feed -> (feed == Feed.SCORES) == scored)
                    .forEach(feed -> endpoints.put(feed, other));
            drain.again();
            if (other == ApiVersion.CURRENT) {
                rests.longer(now, "no Langfuse (404) at " + settings.property("base-url") + ", " + settings.base());
            } else {
                LOG.info(
                        "Poll {}: {} is asked by {}",
                        settings.name(),
                        page.feed().word(),
                        other.path(page.feed()));
            }
        } else {
            project = "";
        }
    }

    private void notUnderstood(Instant now) {
        if (!(question instanceof ApiRequest.Rows page)) {
            project = "";
        } else if (drain.isInside()) {
            drain.lostPlace();
            rests.longer(now, "Langfuse doesn't know its own cursor any more (400)");
        } else if (page.window().isTail()) {
            looks.withoutTails(drain);
            if (drain.isDone()) {
                looks.done(drain);
            }
        } else {
            rests.longer(now, "Langfuse doesn't understand the question (400)");
        }
    }

    private void tooMuch(String why) {
        if (question instanceof ApiRequest.Rows) {
            drain.narrow();
        }
        longer(why);
    }

    private void longer(String why) {
        rests.longer(clock.instant(), why);
        LOG.warn("Poll {} rests: {}", settings.name(), why);
    }

    /**
     * No answer came, or none that could be read.
     *
     * @param reason for people, without secrets
     * @return the word by which that is counted
     */
    public String failed(Exception fault, String reason) {
        if (fault instanceof UnreadablePageException) {
            LOG.warn("Poll {}: {}", settings.name(), reason);
            greeted = true;
            project = question instanceof ApiRequest.Project ? "" : project;
            return "unreadable";
        }
        if (fault instanceof TooLargeException) {
            return "too_much";
        }
        // Its subclass says that no connection came about, which asking for less would not mend.
        if (fault.getClass() == SocketTimeoutException.class) {
            tooMuch(reason);
        } else {
            longer(reason);
        }
        return "failed";
    }

    /** The answer was read, but could not be stored: the same is asked again. */
    public void storeAway() {
        rests.rest(clock.instant(), STORE_AWAY, "the store takes nothing at the moment");
    }

    /** This gateway stops; another one may go on at once. */
    public void giveBack() {
        looks.forget();
        turn.giveBack();
    }

    /** What is wrong with it, in a sentence without secrets; empty when nothing is. */
    public Optional<String> trouble() {
        return Optional.ofNullable(rests.trouble());
    }

    /** How far behind the server's now it is with a feed; empty where another gateway polls. */
    public Optional<Duration> lag(Feed feed) {
        return looks.watermark(feed).map(stored -> Duration.between(stored, server.now()));
    }

    /** How many more requests may be made within the minute. */
    public int budgetLeft() {
        boolean dear =
                endpoints.entrySet().stream().anyMatch(each -> each.getValue().isDear(each.getKey()));
        return (dear ? dearBudget : budget).left(clock.instant());
    }
}
