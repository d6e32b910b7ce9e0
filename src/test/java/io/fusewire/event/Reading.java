package io.fusewire.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.error.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Short ways to read an event in these tests; quotes in bodies are written as apostrophes. */
final class Reading {
    private static final EventReader READER = new EventReader();

    private Reading() {}

    static Event read(String body) throws UnreadableEventException {
        return read(bytes(body));
    }

    static Event read(byte[] body) throws UnreadableEventException {
        return READER.read(body, "checkout");
    }

    static String key(String body) throws UnreadableEventException {
        return read(body).key();
    }

    static byte[] bytes(String body) {
        return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    /** A seed event with this data. */
    static String seed(String event, String data) {
        return "{'event':'" + event + "','timestamp':'2026-08-22T08:21:04.250Z','data':{" + data + "}}";
    }

    /** One delivery of a monitor's run; two automations deliver it under two ids. */
    static String monitor(String id, String severity, String run) {
        return "{'id':'" + id + "','timestamp':'2026-08-22T08:21:01.412Z','type':'monitor-alert','apiVersion':'v1',"
                + "'payload':{'monitorId':'m1','projectId':'p1','message':{'title':'[" + severity + "] latency'},"
                + "'severity':'" + severity + "','timestamp':'" + run + "'}}";
    }

    /** Each body is an event of its own, and each key one that a store takes. */
    static void different(String... bodies) throws UnreadableEventException {
        List<String> keys = new ArrayList<>();
        for (String body : bodies) {
            keys.add(key(body));
        }
        assertThat(keys).doesNotHaveDuplicates().allSatisfy(key -> assertThat(key)
                .matches("[ -~]{1,255}"));
    }
}
