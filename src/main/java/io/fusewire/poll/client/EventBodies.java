package io.fusewire.poll.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fusewire.error.UnreadableEventException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The events that rows tell of, as bodies that an EventReader reads. Thread-safe. */
final class EventBodies {
    private final PollSettings settings;
    private final ScoreChanges scores;

    EventBodies(PollSettings settings, ScoreChanges scores) {
        this.settings = settings;
        this.scores = scores;
    }

    /** @param project of rows that don't say their own */
    List<byte[]> of(Feed feed, PageReader.Page page, String project) throws IOException, UnreadableEventException {
        List<byte[]> events = new ArrayList<>(page.rows().size());
        for (JsonNode row : page.rows()) {
            events.add(bytes(event(feed, row, project)));
        }
        return events;
    }

    private ObjectNode event(Feed feed, JsonNode row, String project) throws IOException, UnreadableEventException {
        if (!RowMapper.hasId(row)) {
            return RowMapper.unread(settings, feed, "the row has no id", "row", row);
        }
        ObjectNode event = RowMapper.of(feed, row, project);
        return feed == Feed.SCORES ? scores.newest(event) : event;
    }

    /** Rows that can't be read are one event, which says where they are. */
    byte[] unread(Feed feed, TimeWindow window, String reason) {
        return bytes(RowMapper.unread(settings, feed, reason, "window", TextNode.valueOf(window.toString())));
    }

    static byte[] bytes(ObjectNode event) {
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
