package io.fusewire.poll.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads what the API answered with status 200. Thread-safe. */
public final class PageReader {
    /** Langfuse Cloud gives no more than 5 MB; a self-hosted one has no limit of its own. */
    static final int MOST_BYTES = 8 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

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
            super("the answer is larger than " + (MOST_BYTES >> 20) + " MiB");
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
     * @throws UnreadablePageException when it is empty, no JSON, no page, or a page that would come again for ever
     * @throws TooLargeException when it is larger than {@link #MOST_BYTES}; the rest is not read
     */
    static Page read(InputStream body, ApiRequest.Rows question)
            throws IOException, UnreadablePageException, TooLargeException {
        JsonNode page = json(body);
        if (!page.path("data").isArray()) {
            throw new UnreadablePageException("the answer has no list of data");
        }
        List<JsonNode> rows = new ArrayList<>();
        page.path("data").forEach(rows::add);
        String next = next(page.path("meta"), question, rows.size());
        if (next != null && next.equals(question.place())) {
            throw new UnreadablePageException("the next page is this one");
        }
        return new Page(rows, next);
    }

    /** The answer as it is. */
    static JsonNode json(InputStream body) throws IOException, UnreadablePageException, TooLargeException {
        byte[] bytes = body == null ? new byte[0] : body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new TooLargeException();
        }
        if (bytes.length == 0) {
            throw new UnreadablePageException("the answer is empty");
        }
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            // The cause isn't kept: it quotes the answer.
            throw new UnreadablePageException("the answer is not JSON");
        }
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
