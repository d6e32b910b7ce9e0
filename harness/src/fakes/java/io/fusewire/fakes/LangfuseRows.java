package io.fusewire.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Rows of one kind, the newest first, each in the states that it had since it arrived. Thread-safe. */
final class LangfuseRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where a row stands in the order of pages. */
    private record Place(Instant time, String id) implements Comparable<Place> {
        private static final Comparator<Place> NEWEST_FIRST =
                Comparator.comparing(Place::time).thenComparing(Place::id).reversed();

        @Override
        public int compareTo(Place other) {
            return NEWEST_FIRST.compare(this, other);
        }
    }

    private final String timeName;
    private final NavigableMap<Place, NavigableMap<Instant, ObjectNode>> rows = new ConcurrentSkipListMap<>();

    private LangfuseRows(String timeName) {
        this.timeName = timeName;
    }

    static LangfuseRows of(String timeName) {
        return new LangfuseRows(timeName);
    }

    void add(Instant arrives, ObjectNode row) {
        Place place = new Place(
                Instant.parse(row.path(timeName).asText()), row.path("id").asText());
        rows.computeIfAbsent(place, any -> new ConcurrentSkipListMap<>()).put(arrives, row);
    }

    /** A page of the current API. */
    JsonNode byCursor(Map<String, String> query, Instant now, int most) {
        int limit = limit(query, most);
        Place after = query.containsKey("cursor") ? place(query.get("cursor")) : null;
        List<ObjectNode> found = found(query, now, after, limit + 1);
        ObjectNode page = JSON.createObjectNode();
        ArrayNode data = page.putArray("data");
        found.stream().limit(limit).forEach(data::add);
        ObjectNode meta = page.putObject("meta");
        if (found.size() > limit) {
            meta.put("cursor", cursor(found.get(limit - 1)));
        }
        return page;
    }

    /** A page of the legacy API: an offset into what is there at the moment. */
    JsonNode byNumber(Map<String, String> query, Instant now) {
        int limit = limit(query, 100);
        int number = Integer.parseInt(query.getOrDefault("page", "1"));
        List<ObjectNode> found = found(query, now, null, Integer.MAX_VALUE);
        ObjectNode page = JSON.createObjectNode();
        ArrayNode data = page.putArray("data");
        found.stream().skip((number - 1L) * limit).limit(limit).map(LangfuseShapes::legacy).forEach(data::add);
        page.putObject("meta")
                .put("page", number)
                .put("limit", limit)
                .put("totalItems", found.size())
                .put("totalPages", (found.size() + limit - 1) / limit);
        return page;
    }

    private static int limit(Map<String, String> query, int most) {
        int limit = Integer.parseInt(query.getOrDefault("limit", "50"));
        if (limit < 1 || limit > most) {
            throw new IllegalArgumentException("limit " + limit);
        }
        return limit;
    }

    private List<ObjectNode> found(Map<String, String> query, Instant now, Place after, int most) {
        String name = timeName.equals("timestamp") ? "Timestamp" : "StartTime";
        Instant from = Instant.parse(query.get("from" + name));
        Instant to = Instant.parse(query.get("to" + name));
        Instant endedSince = endedSince(query.get("filter"));
        List<ObjectNode> found = new ArrayList<>();
        // Places of the window's ends: ids never begin with a character below or above these.
        NavigableMap<Place, NavigableMap<Instant, ObjectNode>> window =
                rows.subMap(new Place(to, ""), true, new Place(from, ""), true);
        for (Map.Entry<Place, NavigableMap<Instant, ObjectNode>> row : window.entrySet()) {
            Map.Entry<Instant, ObjectNode> state = row.getValue().floorEntry(now);
            if (state == null
                    || after != null && row.getKey().compareTo(after) <= 0
                    || !matches(state.getValue(), query, endedSince)) {
                continue;
            }
            found.add(state.getValue());
            if (found.size() >= most) {
                break;
            }
        }
        return found;
    }

    private static boolean matches(ObjectNode row, Map<String, String> query, Instant endedSince) {
        return same(row, query, "level")
                && same(row, query, "type")
                && (endedSince == null
                        || row.path("endTime").isTextual()
                                && !Instant.parse(row.path("endTime").asText()).isBefore(endedSince));
    }

    private static boolean same(ObjectNode row, Map<String, String> query, String name) {
        return !query.containsKey(name) || query.get(name).equals(row.path(name).asText());
    }

    private static Instant endedSince(String filter) {
        if (filter == null) {
            return null;
        }
        JsonNode only = json(filter).path(0);
        if (!only.path("column").asText().equals("endTime")
                || !only.path("type").asText().equals("datetime")
                || !only.path("operator").asText().equals(">=")) {
            throw new IllegalArgumentException("filter");
        }
        return Instant.parse(only.path("value").asText());
    }

    private String cursor(ObjectNode last) {
        ObjectNode cursor = JSON.createObjectNode();
        cursor.put("v", 1).put("lastTime", last.path(timeName).asText());
        cursor.put("lastId", last.path("id").asText());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(cursor.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Place place(String cursor) {
        JsonNode read = json(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
        return new Place(
                Instant.parse(read.path("lastTime").asText()), read.path("lastId").asText());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }
}
