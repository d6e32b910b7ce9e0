package io.fusewire.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Langfuse's read API, both generations: the newest first, by cursor or by page number; a row is there only from its
 * arrival on; basic auth; a limit for each minute, counted from its first request. What it doesn't know it refuses, as
 * Langfuse does. Thread-safe.
 */
public final class LangfuseApi {
    public static final String PROJECT = "clx0proj00000aa1b2c3d4e5f";
    public static final String PUBLIC_KEY = "pk-lf-11111111-2222-3333-4444-555555555555";
    public static final String SECRET_KEY = "sk-lf-66666666-7777-8888-9999-aaaaaaaaaaaa";

    private static final String AUTHORIZATION = "Basic "
            + Base64.getEncoder().encodeToString((PUBLIC_KEY + ":" + SECRET_KEY).getBytes(StandardCharsets.UTF_8));
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Which endpoints it has. */
    public enum Generation {
        CURRENT,
        LEGACY
    }

    /** What it answers. */
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        public static Answer of(int status, String body) {
            return new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        }

        Answer with(String header, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new Answer(status, more, body);
        }
    }

    /** A question, when it came by the server's clock, and what it was answered. */
    public record Asked(Instant at, String path, Map<String, String> query, int status) {}

    private record Instead(Predicate<String> which, Answer answer) {}

    /** What was asked within a minute, which begins with its first request. */
    private static final class Bucket {
        private Instant begin = Instant.EPOCH;
        private int count;

        /** Seconds to wait, 0 for none. One fewer than the limit passes, as in Langfuse. */
        private long wait(Instant now, int limit) {
            if (!now.isBefore(begin.plusSeconds(60))) {
                begin = now;
                count = 0;
            }
            count++;
            return count < limit
                    ? 0
                    : Math.max(1, Duration.between(now, begin.plusSeconds(60)).toSeconds());
        }
    }

    private final InstantSource clock;
    private final LangfuseRows observations = LangfuseRows.of("startTime");
    private final LangfuseRows scores = LangfuseRows.of("timestamp");
    private final Bucket reads = new Bucket();
    private final Bucket oldReads = new Bucket();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Instead> instead = new CopyOnWriteArrayList<>();
    private final List<Instead> always = new CopyOnWriteArrayList<>();
    private volatile Generation generation = Generation.CURRENT;
    private volatile int unknown = 404;
    private volatile int perMinute = Integer.MAX_VALUE;

    /** @param clock the server's */
    public LangfuseApi(InstantSource clock) {
        this.clock = clock;
    }

    public void generation(Generation which) {
        generation = which;
    }

    /** The status of endpoints that it hasn't: 404; 501 of some builds of v3; 405 of a gateway in front of it. */
    public void unknown(int status) {
        unknown = status;
    }

    /** How many requests a minute are answered; the old one for observations takes half. */
    public void limit(int requests) {
        perMinute = requests;
    }

    /** A row in the shape of the current API, there from {@code arrives} on. */
    public void observation(Instant arrives, ObjectNode row) {
        observations.add(arrives, row);
    }

    /** A score, or a newer state of it. */
    public void score(Instant arrives, ObjectNode row) {
        scores.add(arrives, row);
    }

    /** The next question whose path and query fit gets this answer; once for each time that it is said. */
    public void answerOnce(Predicate<String> which, Answer answer) {
        instead.add(new Instead(which, answer));
    }

    /** Every question whose path and query fit gets this answer from now on. */
    public void answerAlways(Predicate<String> which, Answer answer) {
        always.add(new Instead(which, answer));
    }

    public List<Asked> asked() {
        return asked;
    }

    /**
     * Answers a GET.
     *
     * @param query as in the URL, encoded; null for none
     * @param authorization the header, or null
     */
    public Answer get(String path, String query, String authorization) {
        Map<String, String> parameters = parameters(query);
        Answer answer = answer(path, query, parameters, authorization);
        asked.add(new Asked(clock.instant(), path, parameters, answer.status()));
        return answer.with(
                "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
    }

    private synchronized Answer answer(
            String path, String query, Map<String, String> parameters, String authorization) {
        for (Instead other : instead) {
            if (other.which.test(path + "?" + query)) {
                instead.remove(other);
                return other.answer;
            }
        }
        for (Instead other : always) {
            if (other.which.test(path + "?" + query)) {
                return other.answer;
            }
        }
        if (path.equals("/api/public/health")) {
            return Answer.of(200, "{\"status\":\"OK\",\"version\":\"4.16.0\"}");
        }
        if (!AUTHORIZATION.equals(authorization)) {
            return Answer.of(401, "{\"message\":\"Invalid credentials. Confirm that you've configured the correct host.\"}");
        }
        boolean old = path.equals("/api/public/observations");
        long wait = old ? oldReads.wait(clock.instant(), perMinute / 2) : reads.wait(clock.instant(), perMinute);
        if (wait > 0) {
            return Answer.of(429, "{\"message\":\"Rate limit exceeded\",\"code\":\"rate_limited\"}")
                    .with("Retry-After", String.valueOf(wait));
        }
        try {
            return page(path, parameters);
        } catch (IllegalArgumentException e) {
            return Answer.of(400, "{\"message\":\"Invalid request data\",\"error\":[\"" + e.getMessage() + "\"]}");
        }
    }

    private Answer page(String path, Map<String, String> query) {
        boolean current = generation == Generation.CURRENT;
        Instant now = clock.instant();
        return switch (path) {
            case "/api/public/projects" -> Answer.of(200, "{\"data\":[{\"id\":\"" + PROJECT + "\",\"name\":\"shop\"}]}");
            case "/api/public/v2/observations" -> current ? ok(observations.byCursor(query, now, 1_000)) : unknown();
            case "/api/public/v3/scores" -> current ? ok(scores.byCursor(known(query), now, 100)) : unknown();
            case "/api/public/observations" -> current ? unknown() : ok(observations.byNumber(query, now));
            case "/api/public/v2/scores" -> current ? unknown() : ok(scores.byNumber(query, now));
            default -> unknown();
        };
    }

    private static Map<String, String> known(Map<String, String> query) {
        List<String> known = List.of("limit", "cursor", "fields", "fromTimestamp", "toTimestamp");
        query.keySet().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("unknown parameter " + name);
        });
        return query;
    }

    private Answer unknown() {
        return Answer.of(unknown, "{\"message\":\"not available in this mode\",\"error\":\"LangfuseNotFoundError\"}");
    }

    private static Answer ok(JsonNode page) {
        try {
            return new Answer(200, Map.of("Content-Type", "application/json"), JSON.writeValueAsBytes(page));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            parameters.put(
                    pair.substring(0, equals),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
