package io.fusewire.poll.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads what the API answered with status 200. Thread-safe. */
public final class PageReader {
    /** Langfuse Cloud gives no more than 5 MB; a self-hosted one has no limit of its own. */
    static final int MOST_BYTES = 8 << 20;

    /** Braces, names and values, each of which costs memory: a thousand rows have some hundred each. */
    static final int MOST_TOKENS = 500_000;

    // Field names are the server's, and none is kept beyond its answer.
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build())
            .build());

    /**
     * A page of rows.
     *
     * @param rows as they came, the newest first
     * @param next where the next page begins, or null after the last
     */
    record Page(List<JsonNode> rows, String next) {}

    /** An answer that is larger than is read: less is to be asked for. */
    public static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        private TooLargeException() {
            super("the answer is larger than " + (MOST_BYTES >> 20) + " MiB, or has too many parts");
        }
    }

    /** An answer with status 200 that is no page: it is to be asked for again. */
    public static final class UnreadablePageException extends Exception {
        private static final long serialVersionUID = 1L;

        private UnreadablePageException(String what) {
            super(what);
        }
    }

    private PageReader() {}

    /**
     * Reads a page.
     *
     * @throws UnreadablePageException when it is empty, no JSON, no page, has more rows than were asked for, or would
     *     come again for ever
     * @throws TooLargeException when it is larger than {@link #MOST_BYTES} or {@link #MOST_TOKENS}; the rest is not read
     */
    static Page read(InputStream body, ApiRequest.Rows question)
            throws IOException, UnreadablePageException, TooLargeException {
        List<JsonNode> rows = new ArrayList<>();
        JsonNode meta = MissingNode.getInstance();
        boolean listed = false;
        try (JsonParser parser = JSON.createParser(bytes(body))) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                boolean list = parser.nextToken() == JsonToken.START_ARRAY;
                if (name.equals("data") && list) {
                    listed = true;
                    rows(parser, question.limit(), rows);
                } else if (name.equals("meta")) {
                    meta = JSON.readTree(parser);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw notRead(e);
        }
        if (!listed) {
            throw new UnreadablePageException("the answer has no list of data");
        }
        String next = next(meta, question, rows.size());
        if (next != null && next.equals(question.place())) {
            throw new UnreadablePageException("the next page is this one");
        }
        return new Page(rows, next);
    }

    private static void rows(JsonParser parser, int most, List<JsonNode> rows)
            throws IOException, UnreadablePageException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (rows.size() == most) {
                throw new UnreadablePageException("the answer has more rows than were asked for");
            }
            rows.add(JSON.readTree(parser));
        }
    }

    /** The answer as it is. */
    static JsonNode json(InputStream body) throws IOException, UnreadablePageException, TooLargeException {
        byte[] bytes = bytes(body);
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw notRead(e);
        }
    }

    private static byte[] bytes(InputStream body) throws IOException, UnreadablePageException, TooLargeException {
        byte[] bytes = body == null ? new byte[0] : body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new TooLargeException();
        }
        if (bytes.length == 0) {
            throw new UnreadablePageException("the answer is empty");
        }
        return bytes;
    }

    /** The cause isn't kept: it quotes the answer. */
    private static UnreadablePageException notRead(IOException e) throws TooLargeException {
        if (e instanceof StreamConstraintsException) {
            throw new TooLargeException();
        }
        return new UnreadablePageException("the answer is not JSON");
    }

    private static String next(JsonNode meta, ApiRequest.Rows question, int rows) throws UnreadablePageException {
        if (question.endpoints() == ApiVersion.CURRENT) {
            String cursor = meta.path("cursor").asText("");
            return cursor.isEmpty() ? null : cursor;
        }
        JsonNode pages = meta.path("totalPages");
        if (!pages.isNumber()) {
            throw new UnreadablePageException("the answer doesn't say how many pages there are");
        }
        int page = question.place() == null ? 1 : Integer.parseInt(question.place());
        return page < pages.asInt() && rows > 0 ? String.valueOf(page + 1) : null;
    }
}
