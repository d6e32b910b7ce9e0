package io.fusewire.poll.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The two generations of Langfuse's read API. Current: Cloud and self-hosted v4 ({@code /v2/observations}), or v3.179 and
 * newer ({@code /v3/scores}); pages by cursor. Legacy: self-hosted v3; pages by number. Both give the newest first.
 * Source: Langfuse 4.16.0, web/src/pages/api/public.
 */
enum ApiVersion {
    CURRENT {
        @Override
        String path(Feed feed) {
            return feed == Feed.SCORES ? "/api/public/v3/scores" : "/api/public/v2/observations";
        }

        @Override
        int mostRows(Feed feed) {
            return feed == Feed.SCORES ? 100 : 1_000;
        }

        @Override
        void fields(Feed feed, Map<String, String> query) {
            query.put("fields", feed == Feed.SCORES ? "subject,details" : "core,basic,time,model,usage,trace_context");
        }

        @Override
        String placeName() {
            return "cursor";
        }
    },
    LEGACY {
        @Override
        String path(Feed feed) {
            return feed == Feed.SCORES ? "/api/public/v2/scores" : "/api/public/observations";
        }

        @Override
        int mostRows(Feed feed) {
            return 100;
        }

        /** With the trace's fields a score whose trace is missing would be left out. */
        @Override
        void fields(Feed feed, Map<String, String> query) {
            if (feed == Feed.SCORES) {
                query.put("fields", "score");
            }
        }

        @Override
        String placeName() {
            return "page";
        }
    };

    abstract String path(Feed feed);

    /** The most rows that one page may have. */
    abstract int mostRows(Feed feed);

    abstract void fields(Feed feed, Map<String, String> query);

    /** The parameter that says where a page begins. */
    abstract String placeName();

    /** Whether it may be asked half as often as the others (Langfuse Cloud, "legacy reads"). */
    boolean isDear(Feed feed) {
        return this == LEGACY && feed != Feed.SCORES;
    }

    /** The other generation. */
    ApiVersion other() {
        return this == CURRENT ? LEGACY : CURRENT;
    }

    String query(ApiRequest.Rows question) {
        Map<String, String> query = new LinkedHashMap<>();
        fields(question.feed(), query);
        boolean scores = question.feed() == Feed.SCORES;
        query.put(
                scores ? "fromTimestamp" : "fromStartTime",
                question.window().from().toString());
        query.put(scores ? "toTimestamp" : "toStartTime", question.window().to().toString());
        switch (question.feed()) {
            case ERRORS -> query.put("level", "ERROR");
            case WARNINGS -> query.put("level", "WARNING");
            case GENERATIONS -> query.put("type", "GENERATION");
            case SCORES -> {}
        }
        if (question.window().isTail()) {
            query.put(
                    "filter",
                    "[{\"type\":\"datetime\",\"column\":\"endTime\",\"operator\":\">=\",\"value\":\"%s\"}]"
                            .formatted(question.window().endedSince()));
        }
        query.put("limit", String.valueOf(question.limit()));
        if (question.place() != null) {
            query.put(placeName(), question.place());
        }
        return query.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
