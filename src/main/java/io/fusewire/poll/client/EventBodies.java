package io.fusewire.poll.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.EventReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events that rows tell of, as bodies that an EventReader reads. One thread at a time. */
final class EventBodies {
    private static final Logger LOG = LoggerFactory.getLogger(EventBodies.class);
    private static final int MOST_TOLD = 1_000;
    private static final int MOST_OF_A_ROW = 2_000;

    private final PollSettings settings;
    private final EventReader reader;
    private final ScoreChanges scores;
    private final Set<Integer> told = new HashSet<>();

    /** @param reader as the one that the bodies are for */
    EventBodies(PollSettings settings, EventReader reader, ScoreChanges scores) {
        this.settings = settings;
        this.reader = reader;
        this.scores = scores;
    }

    /** @param project of rows that don't say their own */
    List<byte[]> of(Feed feed, PageReader.Page page, String project) throws IOException {
        List<byte[]> events = new ArrayList<>(page.rows().size());
        for (JsonNode row : page.rows()) {
            events.add(event(feed, row, project));
        }
        return events;
    }

    /** A row that can't be read is an event of its own, so that the page goes on. */
    private byte[] event(Feed feed, JsonNode row, String project) throws IOException {
        try {
            if (!RowMapper.hasId(row)) {
                throw new UnreadableEventException("The row has no id.");
            }
            ObjectNode event = RowMapper.of(feed, row, project);
            byte[] body = bytes(feed == Feed.SCORES ? scores.newest(event) : event);
            reader.read(body, settings.source());
            return body;
        } catch (UnreadableEventException e) {
            String text = row.toString();
            tell(feed, text, e.getMessage());
            String kept = text.length() > MOST_OF_A_ROW ? text.substring(0, MOST_OF_A_ROW) + "…" : text;
            return bytes(RowMapper.unread(settings, feed, e.getMessage(), "row", TextNode.valueOf(kept)));
        }
    }

    /** Once for each row, which each look at its window finds again. */
    private void tell(Feed feed, String row, String reason) {
        if (told.size() < MOST_TOLD && told.add(row.hashCode())) {
            LOG.warn("Poll {}: a row of {} is set aside. {}", settings.name(), feed.word(), reason);
        }
    }

    /** Rows that can't be read are one event, which says where they are. */
    byte[] unread(Feed feed, TimeWindow window, String reason) {
        return bytes(RowMapper.unread(settings, feed, reason, "window", TextNode.valueOf(window.toString())));
    }

    static byte[] bytes(ObjectNode event) {
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
