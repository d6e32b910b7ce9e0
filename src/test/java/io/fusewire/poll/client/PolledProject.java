package io.fusewire.poll.client;

import io.fusewire.error.StoreUnavailableException;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.event.EventReader;
import io.fusewire.fakes.LangfuseApi;
import io.fusewire.store.NodeLeases;
import io.fusewire.store.PollCursors;
import io.fusewire.store.Store;
import io.fusewire.testing.StoreFile;
import io.fusewire.testing.TestClock;
import io.fusewire.testing.TestFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A poll, a Langfuse and a store, in a time that runs as fast as they can. */
final class PolledProject implements AfterEachCallback, AutoCloseable {
    static final Instant BEGIN = Instant.parse("2026-08-22T08:00:00Z");

    final TestClock clock = TestClock.standingAt(BEGIN);
    final LangfuseApi api;
    final List<String> outcomes = new ArrayList<>();
    final Map<String, Event> kept = new LinkedHashMap<>();
    int seen;
    boolean storeIsAway;

    /** How far off our clock the dates of the next answers are, instead of the server's own. */
    final Deque<Duration> lies = new ArrayDeque<>();

    private final TestFolder folder = new TestFolder();
    private final Store store;
    private final EventReader reader = new EventReader(true);
    private Duration lookback = Duration.ofMinutes(15);
    private Set<Feed> fetch = EnumSet.of(Feed.ERRORS, Feed.GENERATIONS, Feed.SCORES);
    private Poll poll;

    PolledProject() {
        this(Duration.ZERO);
    }

    /** @param ahead by how much the server's clock is ahead of ours */
    PolledProject(Duration ahead) {
        store = Store.embedded(folder.path(), clock, Duration.ofSeconds(10));
        api = new LangfuseApi(() -> clock.instant().plus(ahead));
        restart();
    }

    PolledProject lookback(Duration back) {
        lookback = back;
        restart();
        return this;
    }

    PolledProject fetch(Set<Feed> feeds) {
        fetch = feeds;
        restart();
        return this;
    }

    /** What is only in memory is lost. */
    void restart() {
        if (poll != null) {
            poll.giveBack();
        }
        PollSettings settings = new PollSettings(
                "shop",
                URI.create("https://langfuse.example"),
                LangfuseApi.PUBLIC_KEY,
                LangfuseApi.SECRET_KEY,
                "shop",
                fetch,
                Duration.ofSeconds(60),
                Duration.ofMinutes(30),
                lookback,
                Duration.ofHours(1),
                Duration.ofHours(24),
                24);
        poll = new Poll(settings, new NodeLeases(store), new PollCursors(store), reader, this::find, clock);
    }

    private Optional<byte[]> find(String key) {
        return Optional.ofNullable(kept.get(key)).map(Event::body);
    }

    Poll poll() {
        return poll;
    }

    /** Polls for so long. */
    void run(Duration duration) {
        Instant end = clock.instant().plus(duration);
        while (clock.instant().isBefore(end)) {
            if (!step()) {
                clock.forward(Duration.ofSeconds(1));
            }
        }
    }

    /** Puts the next question, where one is due. */
    boolean step() {
        if (!poll.isDue()) {
            return false;
        }
        URI uri = poll.uri();
        LangfuseApi.Answer answer = api.get(uri.getPath(), uri.getRawQuery(), poll.authorization());
        outcomes.add(answer.status() == 200 ? read(answer) : poll.refused(answer.status(), retryAfter(answer)));
        return true;
    }

    private String read(LangfuseApi.Answer answer) {
        try {
            List<byte[]> events = poll.read(new ByteArrayInputStream(answer.body()), date(answer));
            for (byte[] event : events) {
                if (storeIsAway) {
                    poll.storeAway();
                    return "not_stored";
                }
                keep(reader.read(event, "shop"));
            }
            poll.took();
            return "answered";
        } catch (StoreUnavailableException e) {
            poll.storeAway();
            return "not_stored";
        } catch (IOException | PageReader.UnreadablePageException | PageReader.TooLargeException e) {
            return poll.failed(e, e.getMessage());
        } catch (UnreadableEventException e) {
            throw new IllegalStateException(e);
        }
    }

    private String date(LangfuseApi.Answer answer) {
        Duration lie = lies.poll();
        return lie == null
                ? answer.headers().get("Date")
                : DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        clock.instant().plus(lie).atOffset(ZoneOffset.UTC));
    }

    private void keep(Event event) {
        if (kept.putIfAbsent(event.key(), event) != null) {
            seen++;
        }
    }

    private static Duration retryAfter(LangfuseApi.Answer answer) {
        String seconds = answer.headers().get("Retry-After");
        return seconds == null ? null : Duration.ofSeconds(Long.parseLong(seconds));
    }

    /** Its store, seen from outside. */
    StoreFile storeFile() {
        return new StoreFile(folder.path(), "fusewire.db");
    }

    List<String> keptOf(String type) {
        return kept.values().stream()
                .filter(event -> event.type().equals(type))
                .map(Event::key)
                .toList();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        store.close();
        folder.close();
    }
}
