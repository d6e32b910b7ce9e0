package io.fusewire.poll.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.EventReader;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Tells a score that was changed from one that is met for the first time, or met again. Thread-safe. */
final class ScoreChanges {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventReader reader;
    private final Function<String, Optional<byte[]>> stored;

    /** @param stored finds an event's body by its key */
    ScoreChanges(EventReader reader, Function<String, Optional<byte[]>> stored) {
        this.reader = reader;
        this.stored = stored;
    }

    /** The event to keep: {@code created}, or {@code score.updated} where the store holds an older state of the score. */
    ObjectNode newest(ObjectNode created) throws IOException, UnreadableEventException {
        JsonNode data = created.path("data");
        if (!isLater(data.path("updatedAt"), data.path("createdAt"))) {
            return created;
        }
        String key = reader.read(EventBodies.bytes(created), "").key();
        Optional<byte[]> before = stored.apply(key);
        if (before.isEmpty() || isSame(JSON.readTree(before.get()).path("data"), data)) {
            return created;
        }
        return RowMapper.envelope("score.updated", data.path("updatedAt").asText(), (ObjectNode) data);
    }

    /** A bridge may not say when the score was updated; then its value decides. */
    private static boolean isSame(JsonNode before, JsonNode now) {
        return before.hasNonNull("updatedAt")
                ? !isLater(now.path("updatedAt"), before.path("updatedAt"))
                : value(before).equals(value(now));
    }

    private static String value(JsonNode data) {
        JsonNode value = data.path("value");
        return (value.isNumber() ? String.valueOf(value.doubleValue()) : value.asText())
                + data.path("stringValue").asText();
    }

    private static boolean isLater(JsonNode one, JsonNode other) {
        try {
            return Instant.parse(one.asText()).isAfter(Instant.parse(other.asText()));
        } catch (DateTimeParseException e) {
            return one.isTextual() && !Objects.equals(one.textValue(), other.textValue());
        }
    }
}
