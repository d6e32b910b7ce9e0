package io.fusewire.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.error.UnreadableEventException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a body into an {@link Event}: Langfuse's own bodies, and the seed envelope of bridges. Thread-safe. */
public final class EventReader {
    /** Levels of nesting that are read, the body's own braces being the first; one more is refused. */
    public static final int DEEPEST = 64;

    /** Brackets, names and values in a body that are read. */
    public static final int MOST_TOKENS = 100_000;

    private static final int LONGEST_TYPE = 200;

    /** What a token costs as a node in memory, about: an empty object is two tokens and 80 bytes. */
    private static final int TOKEN_BYTES = 64;

    private static final String BOM = "\uFEFF";

    // Field names come from strangers, so none is kept beyond its body; how long texts are is the webhook's business.
    private final boolean natural;
    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxTokenCount(MOST_TOKENS)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** Tells events of bridges apart by their own id, or by all that they say. */
    public EventReader() {
        this(false);
    }

    /**
     * Reads events.
     *
     * @param natural whether Langfuse's ids come before that, where an event of a bridge has them: a poll finds the same
     *     score, generation or error. Such keys are spread over the store's index, so only where something is polled
     */
    public EventReader(boolean natural) {
        this.natural = natural;
    }

    /**
     * Reads a body. Of a field that is there twice the last one counts; a byte order mark is skipped.
     *
     * @param body UTF-8, kept as it is and not copied
     * @param source the name of the source that it came from
     * @throws UnreadableEventException when it is empty, isn't UTF-8, isn't JSON, isn't an object, is nested deeper than
     *     {@link #DEEPEST}, has more tokens than {@link #MOST_TOKENS}, holds a number of more than 1000 digits or with an exponent beyond 32 bits, or says no event type of 1 to 200 characters
     */
    public Event read(byte[] body, String source) throws UnreadableEventException {
        Parsed parsed = object(text(body));
        ObjectNode object = parsed.object;
        // A project-notification has an object named event, so Langfuse's own type is looked at first.
        boolean own = says(object.path("type"));
        JsonNode type = object.path(own ? "type" : "event");
        if (!says(type)) {
            throw new UnreadableEventException("The event has no type.");
        }
        if (type.textValue().length() > LONGEST_TYPE) {
            throw new UnreadableEventException("The event's type is longer than " + LONGEST_TYPE + " characters.");
        }
        Event event = own
                ? LangfuseBody.read(object, type.textValue(), source, body)
                : BridgeEnvelope.read(object, type.textValue(), source, body, natural);
        return event.weighing(2 * body.length + TOKEN_BYTES * parsed.tokens);
    }

    private record Parsed(ObjectNode object, int tokens) {}

    private static boolean says(JsonNode type) {
        return type.isTextual() && !type.textValue().isBlank();
    }

    private static String text(byte[] body) throws UnreadableEventException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            text = text.startsWith(BOM) ? text.substring(BOM.length()) : text;
            if (text.isBlank()) {
                throw new UnreadableEventException("The body is empty.");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new UnreadableEventException(
                    body.length > 1 && (body[0] & 0xFF) == 0x1F && (body[1] & 0xFF) == 0x8B
                            ? "The body is compressed by gzip; send it as it is."
                            : "The body is not UTF-8.");
        }
    }

    private Parsed object(String text) throws UnreadableEventException {
        try (JsonParser parser = json.createParser(text)) {
            return object(parser);
        } catch (IOException e) {
            // The cause isn't kept: it quotes the body.
            throw new UnreadableEventException("The body is not JSON.");
        }
    }

    private Parsed object(JsonParser parser) throws IOException, UnreadableEventException {
        try {
            JsonNode node = json.readTree(parser);
            if (node instanceof ObjectNode object) {
                return new Parsed(object, (int) parser.currentTokenCount());
            }
        } catch (StreamConstraintsException e) {
            throw new UnreadableEventException(
                    parser.getParsingContext().getNestingDepth() > DEEPEST
                            ? "The JSON is nested deeper than " + DEEPEST + " levels."
                            : parser.currentTokenCount() > MOST_TOKENS
                                    ? "The JSON has more than " + MOST_TOKENS + " brackets, names and values."
                                    : "The JSON holds a number that is too long.");
        } catch (NumberFormatException e) {
            // Jackson lets this one out for an exponent beyond 32 bits, which no BigDecimal holds.
            throw new UnreadableEventException("The JSON holds a number that is too large.");
        }
        throw new UnreadableEventException("The body is not a JSON object.");
    }
}
