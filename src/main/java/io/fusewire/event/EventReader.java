package io.fusewire.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a body into an {@link Event}: Langfuse's own bodies, and the seed envelope of bridges. Thread-safe. */
public final class EventReader {
    /** Levels of nesting that are read; one more is refused. */
    public static final int DEEPEST = 64;

    private static final int LONGEST_TYPE = 200;
    private static final String BOM = "\uFEFF";

    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /**
     * Reads a body.
     *
     * @param source the door's word for where it entered
     * @throws UnreadableEvent when it isn't JSON, isn't an object, is nested too deeply or says no type
     */
    public Event read(byte[] body, String source) throws UnreadableEvent {
        ObjectNode object = object(text(body));
        boolean own = object.path("type").isTextual();
        String type = object.path(own ? "type" : "event").asText();
        if (type.isBlank() || !own && !object.path("event").isTextual()) {
            throw new UnreadableEvent("The event has no type.");
        }
        if (type.length() > LONGEST_TYPE) {
            throw new UnreadableEvent("The event's type is longer than " + LONGEST_TYPE + " characters.");
        }
        return own ? LangfuseBody.read(object, type, source, body) : SeedEnvelope.read(object, type, source, body);
    }

    private static String text(byte[] body) throws UnreadableEvent {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith(BOM) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnreadableEvent("The body is not UTF-8.");
        }
    }

    private ObjectNode object(String text) throws UnreadableEvent {
        try {
            JsonNode node = json.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (StreamConstraintsException e) {
            throw new UnreadableEvent(
                    "The JSON is nested deeper than " + DEEPEST + " levels, or holds a number too long.");
        } catch (JsonProcessingException e) {
            throw new UnreadableEvent("The body is not JSON.");
        }
        throw new UnreadableEvent("The body is not a JSON object.");
    }
}
