package io.fusewire.poll.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads what the API answered with status 200. Thread-safe. */
final class PageReader {
    /** Langfuse Cloud gives no more than 5 MB; a self-hosted one has no limit of its own. */
    static final int MOST_BYTES = 8 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private PageReader() {}

    /**
     * Reads a page.
     *
     * @throws UnreadablePage when it is empty, no JSON, no page, or a page that would come again for ever
     * @throws TooLarge when it is larger than {@link #MOST_BYTES}; the rest is not read
     */
    static Page read(InputStream body, ApiRequest.Rows question) throws IOException, UnreadablePage, TooLarge {
        JsonNode page = json(body);
        if (!page.path("data").isArray()) {
            throw new UnreadablePage("the answer has no list of data");
        }
        List<JsonNode> rows = new ArrayList<>();
        page.path("data").forEach(rows::add);
        String next = next(page.path("meta"), question, rows.size());
        if (next != null && next.equals(question.place())) {
            throw new UnreadablePage("the next page is this one");
        }
        return new Page(rows, next);
    }

    /** The answer as it is. */
    static JsonNode json(InputStream body) throws IOException, UnreadablePage, TooLarge {
        byte[] bytes = body == null ? new byte[0] : body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new TooLarge();
        }
        if (bytes.length == 0) {
            throw new UnreadablePage("the answer is empty");
        }
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            // The cause isn't kept: it quotes the answer.
            throw new UnreadablePage("the answer is not JSON");
        }
    }

    private static String next(JsonNode meta, ApiRequest.Rows question, int rows) throws UnreadablePage {
        if (question.endpoints() == ApiVersion.CURRENT) {
            String cursor = meta.path("cursor").asText("");
            return cursor.isEmpty() ? null : cursor;
        }
        JsonNode pages = meta.path("totalPages");
        if (!pages.isNumber()) {
            throw new UnreadablePage("the answer doesn't say how many pages there are");
        }
        int page = question.place() == null ? 1 : Integer.parseInt(question.place());
        return page < pages.asInt() && rows > 0 ? String.valueOf(page + 1) : null;
    }
}
