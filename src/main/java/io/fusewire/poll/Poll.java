package io.fusewire.poll;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.event.EventReader;
import io.fusewire.event.UnreadableEvent;
import io.fusewire.store.Chores;
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
    private final Turn turn;
    private final Looks looks;
    private final RowEvents events;
    private final Progress progress;
    private final InstantSource clock;
    private final ServerClock server;
    private final Rests rests = new Rests();
    private final Map<Feed, Endpoints> endpoints = new ConcurrentHashMap<>();
    private final Budget budget;
    private final Budget dearBudget;

    private boolean greeted;
    private String project;
    private Question question;
    private Drain drain;
    private String next;
    private boolean aside;
    private int rows;

    /**
     * @param stored finds a stored event's body by its key
     * @param clock what intervals and rests are measured by; it need not agree with the server's
     */
    public Poll(
            PollSettings settings,
            Chores chores,
            PollCursors cursors,
            EventReader reader,
            Function<String, Optional<byte[]>> stored,
            InstantSource clock) {
        this.settings = settings;
        this.turn = new Turn(chores, settings);
        this.looks = new Looks(settings, cursors, clock.instant());
        this.events = new RowEvents(settings, new Scores(reader, stored));
        this.progress = new Progress(settings);
        this.clock = clock;
        this.server = new ServerClock(clock);
        this.budget = new Budget(settings.requestsPerMinute());
        this.dearBudget = new Budget(Math.max(1, settings.requestsPerMinute() / 2));
        settings.fetch().forEach(feed -> endpoints.put(feed, Endpoints.CURRENT));
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

    private Optional<Question> ask(Instant now) {
        if (!greeted) {
            return Optional.of(new Question.Health());
        }
        if (project == null && endpoints.get(Feed.SCORES) == Endpoints.LEGACY) {
            return Optional.of(new Question.Project());
        }
        drain = looks.next(now, server.now()).orElse(null);
        return Optional.ofNullable(drain).map(any -> any.question(endpoints.get(any.feed())));
    }

    private Budget budgetOf(Question asked) {
        return asked instanceof Question.Rows page && page.endpoints().isDear(page.feed()) ? dearBudget : budget;
    }

    /** Where the question in hand is put. Holds no secret. */
    public URI uri() {
        return question.below(settings.base());
    }

    /** What the question's header {@code Authorization} says: a secret; empty for the one that needs none. */
    public String authorization() {
        return question instanceof Question.Health
                ? ""
                : PollSettings.authorization(settings.publicKey(), settings.secretKey());
    }

    /**
     * Reads the answer, which had status 200.
     *
     * @param date its {@code Date} header, or null
     * @return the events that it tells of, as bodies for the hallway; what can't be read is one of them, with its reason
     * @throws UnreadablePage when it is to be asked for again
     * @throws TooLarge when less is to be asked for
     */
    public List<byte[]> read(InputStream body, String date)
            throws IOException, UnreadablePage, TooLarge, UnreadableEvent {
        server.heard(date);
        aside = false;
        next = null;
        rows = 0;
        if (question instanceof Question.Rows page) {
            return rows(body, page);
        }
        JsonNode answer = PageReader.json(body);
        if (question instanceof Question.Project) {
            project = Envelopes.text(answer.path("data").path(0), "id");
        } else {
            greeted = true;
            LOG.info("Poll {}: {} is Langfuse {}", settings.name(), settings.base(), Envelopes.text(answer, "version"));
        }
        return List.of();
    }

    private List<byte[]> rows(InputStream body, Question.Rows question)
            throws IOException, UnreadablePage, TooLarge, UnreadableEvent {
        try {
            Page page = PageReader.read(body, question);
            next = page.next();
            rows = page.rows().size();
            return events.of(question.feed(), page, project == null ? "" : project);
        } catch (UnreadablePage e) {
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
        } catch (TooLarge e) {
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
     * @throws io.fusewire.store.StoreUnavailable when that can't be noted; then {@link #storeAway} is to be called
     */
    public void took() {
        rests.well();
        if (question instanceof Question.Rows) {
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
        if (question instanceof Question.Health && status < 500 && status != 429) {
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
        if (question instanceof Question.Rows page) {
            Endpoints other = page.endpoints().other();
            boolean scored = page.feed() == Feed.SCORES;
            settings.fetch().stream()
                    .filter(feed -> (feed == Feed.SCORES) == scored)
                    .forEach(feed -> endpoints.put(feed, other));
            drain.again();
            if (other == Endpoints.CURRENT) {
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
        if (!(question instanceof Question.Rows page)) {
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
        if (question instanceof Question.Rows) {
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
        if (fault instanceof UnreadablePage) {
            LOG.warn("Poll {}: {}", settings.name(), reason);
            greeted = true;
            project = question instanceof Question.Project ? "" : project;
            return "unreadable";
        }
        if (fault instanceof TooLarge) {
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
