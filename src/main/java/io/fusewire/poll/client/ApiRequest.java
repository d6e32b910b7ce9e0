package io.fusewire.poll.client;

import java.net.URI;

/** What is asked of Langfuse's API: always a GET. */
sealed interface ApiRequest {

    /** Path and query, encoded, below the server's address. */
    String path();

    default URI below(URI base) {
        return URI.create(base + path());
    }

    /** Which version the server has, and what time it is there. */
    record Health() implements ApiRequest {
        @Override
        public String path() {
            return "/api/public/health";
        }
    }

    /** Which project the keys are of: scores of the old endpoints don't say. */
    record Project() implements ApiRequest {
        @Override
        public String path() {
            return "/api/public/projects";
        }
    }

    /**
     * A page of rows.
     *
     * @param place where the page begins: the cursor that the last one gave, or, of the old endpoints, a number; null
     *     for the first
     */
    record Rows(Feed feed, ApiVersion endpoints, TimeWindow window, int limit, String place) implements ApiRequest {
        @Override
        public String path() {
            return endpoints.path(feed) + "?" + endpoints.query(this);
        }
    }
}
