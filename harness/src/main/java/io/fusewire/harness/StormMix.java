package io.fusewire.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Errors of three kinds, each with a request's own ids, numbers and quotes in its message, among events that no rule waits
 * for: two errors, then another event.
 */
final class StormMix {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUND = 3;
    private static final int ERRORS_OF_A_ROUND = 2;

    /** What tells the kinds of error apart, in their messages. */
    private static final List<String> KINDS = List.of("Timeout while calling", "RateLimitError", "ContextOverflow");

    private final long seed;

    /** @param seed tells this run's tokens from another's */
    StormMix(long seed) {
        this.seed = seed;
    }

    static int kinds() {
        return KINDS.size();
    }

    /** How many events hold so many errors. */
    static int eventsWith(int errors) {
        return errors / ERRORS_OF_A_ROUND * ROUND + errors % ERRORS_OF_A_ROUND;
    }

    /** How many of so many errors are of a kind. */
    static long ofKind(int kind, int errors) {
        return errors / KINDS.size() + (kind < errors % KINDS.size() ? 1 : 0);
    }

    /** The kind of error that a message tells of; empty where it tells of none, or of several. */
    static Optional<Integer> kind(String message) {
        List<Integer> kinds = IntStream.range(0, KINDS.size())
                .filter(kind -> message.contains(KINDS.get(kind)))
                .boxed()
                .toList();
        return kinds.size() == 1 ? Optional.of(kinds.get(0)) : Optional.empty();
    }

    /** The same event for the same number. It is not for the verdict, which knows one message for each event. */
    SampleEvent event(int number) {
        String token = "storm-%08x-%08d".formatted(seed & 0xFFFFFFFFL, number);
        ObjectNode event = JSON.createObjectNode().put("timestamp", "2026-08-22T08:21:04.250Z");
        ObjectNode data = event.putObject("data")
                .put("projectId", "p1")
                .put("traceId", token)
                .put("name", "checkout-agent");
        if (number % ROUND < ERRORS_OF_A_ROUND) {
            int error = number / ROUND * ERRORS_OF_A_ROUND + number % ROUND;
            event.put("event", "trace.updated");
            data.put("level", "ERROR").put("statusMessage", message(error % KINDS.size(), number));
        } else if (number % 2 == 0) {
            event.put("event", "trace.created");
        } else {
            event.put("event", "generation.created");
            data.put("model", "gpt-4o")
                    .putObject("usage")
                    .put("promptTokens", 8)
                    .put("completionTokens", 9);
        }
        return new SampleEvent(token, event.toString(), false, Optional.empty());
    }

    private String message(int kind, int number) {
        UUID id = new UUID(seed, number);
        String text =
                switch (kind) {
                    case 0 -> " https://api.openai.com/v1/chat/completions?attempt=%2$d after %2$d ms, request %1$s";
                    case 1 -> ": Error code: 429 - {'error': {'message': 'Limit 30000, used %2$d by %1$s', 'type':"
                            + " 'tokens', 'code': 'rate_limit_exceeded'}}";
                    default -> " of \"prompt %2$d\": %2$d tokens, at 2026-08-22T08:21:04.%3$03dZ, for u%2$d@example.com";
                };
        return KINDS.get(kind) + text.formatted(id, number, number % 1_000);
    }
}
