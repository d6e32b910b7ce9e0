package io.fusewire.event;

import static io.fusewire.event.Reading.bytes;
import static io.fusewire.event.Reading.different;
import static io.fusewire.event.Reading.key;
import static io.fusewire.event.Reading.monitor;
import static io.fusewire.event.Reading.seed;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.error.UnreadableEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventKeyTest {
    private static final String RUN = "2026-08-22T08:21:00.000Z";

    @Test
    void a_retried_delivery_is_the_same_event() throws UnreadableEventException {
        String body = seed("score.created", "'projectId':'p','traceId':'t','scoreId':'s'");
        assertThat(key(body)).isEqualTo(key(body)).startsWith("score.created|");
    }

    @Test
    void the_source_is_no_part_of_the_key() throws UnreadableEventException {
        byte[] body = bytes(monitor("1", "ALERT", RUN));
        EventReader reader = new EventReader();
        assertThat(reader.read(body, "one").key())
                .isEqualTo(reader.read(body, "two").key());
    }

    @Test
    void two_scores_of_one_trace_in_the_same_millisecond_are_two_events() throws UnreadableEventException {
        different(
                seed("score.created", "'projectId':'p','traceId':'t','scoreId':'s1'"),
                seed("score.created", "'projectId':'p','traceId':'t','scoreId':'s2'"));
    }

    @Test
    void every_id_counts() throws UnreadableEventException {
        different(
                seed("a", "'projectId':'x'"),
                seed("a", "'traceId':'x'"),
                seed("a", "'observationId':'x'"),
                seed("a", "'scoreId':'x'"),
                seed("a", "'traceId':'x','scoreId':'x'"),
                seed("a", "'traceId':'none'"),
                seed("b", "'traceId':'x'"),
                seed("a", "'traceId':'x'").replace(".250Z", ".251Z"),
                seed("a", ""));
    }

    @Test
    void ids_that_hold_separators_do_not_run_together() throws UnreadableEventException {
        different(
                seed("a", "'projectId':'p','traceId':'t|score=s'"),
                seed("a", "'projectId':'p','traceId':'t','scoreId':'s'"),
                seed("a", "'projectId':'p|trace=t','scoreId':'s'"),
                seed("a|project=p", "'traceId':'t','scoreId':'s'"));
    }

    @Test
    void halves_of_surrogate_pairs_are_told_apart() throws UnreadableEventException {
        different("{'event':'a','id':'\\ud800'}", "{'event':'a','id':'\\ud801'}", "{'event':'a','id':'?'}");
    }

    @Test
    void ids_that_only_unicode_normalisation_makes_alike_are_told_apart() throws UnreadableEventException {
        different(
                "{'event':'a','id':'\u00e9'}",
                "{'event':'a','id':'e\u0301'}",
                "{'event':'\u00e9','id':'1'}",
                "{'event':'e\u0301','id':'1'}",
                "{'event':'a','id':'\u212b'}",
                "{'event':'a','id':'\u00c5'}",
                "{'event':'a','id':'\ufb01'}",
                "{'event':'a','id':'fi'}");
    }

    @Test
    void an_envelopes_own_id_is_enough() throws UnreadableEventException {
        assertThat(key("{'event':'a','id':'1','timestamp':'x','data':{'traceId':'t'}}"))
                .isEqualTo(key("{'event':'a','id':'1','timestamp':'y'}"))
                .isEqualTo("a|id=1");
        different("{'event':'a','id':'1'}", "{'event':'b','id':'1'}", "{'event':'a','id':'2'}");
    }

    @Test
    void where_something_is_polled_langfuses_own_ids_decide() throws UnreadableEventException {
        EventReader natural = new EventReader(true);
        String score = "'projectId':'p','traceId':'t','scoreId':'s'";
        String bridged = "{'id':'1','event':'score.created','timestamp':'x','data':{" + score + ",'value':0.1}}";
        assertThat(natural.read(bytes(bridged), "a").key())
                .isEqualTo(
                        natural.read(bytes(seed("score.created", score)), "b").key())
                .isEqualTo("score.created|project=p|score=s");
        assertThat(natural.read(bytes(seed("score.updated", score)), "a").key())
                .isEqualTo("score.updated|project=p|score=s|updated=2026-08-22T08:21:04.250Z");
        assertThat(natural.read(bytes(seed("score.updated", score + ",'updatedAt':'u'")), "a")
                        .key())
                .isEqualTo("score.updated|project=p|score=s|updated=u");
        String observation = "'projectId':'p','traceId':'t','observationId':'o'";
        assertThat(natural.read(bytes(seed("generation.created", observation)), "a")
                        .key())
                .isEqualTo("generation.created|project=p|observation=o");
        assertThat(natural.read(bytes(seed("trace.updated", observation + ",'level':'ERROR'")), "a")
                        .key())
                .isEqualTo("trace.updated|project=p|observation=o|level=ERROR");
        for (String none : new String[] {
            seed("trace.updated", observation),
            seed("trace.created", observation),
            seed("score.created", "'traceId':'t'")
        }) {
            assertThat(natural.read(bytes(none), "a").key()).isEqualTo(key(none));
        }
    }

    @Test
    void a_numeric_id_counts_as_its_text() throws UnreadableEventException {
        assertThat(key("{'event':'a','id':5}")).isEqualTo(key("{'event':'a','id':'5'}"));
    }

    /** From bridges that number nothing, and whose clocks tell seconds. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "trace.updated | 'traceId':'t','level':'DEFAULT' | 'traceId':'t','level':'ERROR'",
                "trace.updated | 'traceId':'t','level':'ERROR','statusMessage':'a' | 'traceId':'t','level':'ERROR','statusMessage':'b'",
                "trace.created | 'traceId':'t','name':'a' | 'traceId':'t','name':'b'",
                "generation.created | 'traceId':'t','usage':{'input':1} | 'traceId':'t','usage':{'input':2}",
                "generation.created | 'observationId':'o','model':'a' | 'observationId':'o','model':'b'",
                "score.created | 'traceId':'t','name':'a','value':1 | 'traceId':'t','name':'b','value':1",
                "score.updated | 'scoreId':'s','value':0.9 | 'scoreId':'s','value':0.2",
                "unheard.of | 'traceId':'t','x':1 | 'traceId':'t','x':2",
                "about.nothing | 'x':1 | 'x':2"
            })
    void two_states_of_one_thing_in_the_same_second_are_two_events(String type, String first, String second)
            throws UnreadableEventException {
        different(seed(type, first), seed(type, second));
        assertThat(key(seed(type, first))).isEqualTo(key(seed(type, first)));
        String untimed = "{'event':'" + type + "','data':{";
        different(untimed + first + "}}", untimed + second + "}}");
    }

    /** A bridge that writes one event in two ways has to number it: that is what an id is for. */
    @Test
    void without_an_id_the_same_event_in_other_bytes_is_another_and_with_one_it_is_not()
            throws UnreadableEventException {
        different(
                seed("a", "'traceId':'t','x':1"), seed("a", "'x':1,'traceId':'t'"), seed("a", "'traceId':'t', 'x':1"));
        assertThat(key("{'event':'a','id':'1','data':{'x':1}}")).isEqualTo(key("{'id':'1', 'event':'a'}"));
    }

    @Test
    void a_key_begins_with_the_events_time() throws UnreadableEventException {
        assertThat(key(seed("a", "'traceId':'t'")))
                .matches("a\\|timestamp=2026-08-22T08:21:04.250Z\\|body=[0-9a-f]{64}");
        assertThat(key("{'event':'a'}")).matches("a\\|body=[0-9a-f]{64}");
        different(seed("a", "'x':1"), "{'event':'a'}", "{'event':'a','id':null}");
    }

    @Test
    void no_key_is_longer_than_255_characters_and_long_ones_stay_apart() throws UnreadableEventException {
        String id = "x".repeat(500);
        String type = "t".repeat(200);
        different(
                "{'event':'a','id':'" + id + "1'}",
                "{'event':'a','id':'" + id + "2'}",
                "{'event':'a','timestamp':'" + id + "'}",
                seed(type, "'traceId':'" + id + "'"),
                "{'type':'" + type + "'}",
                "{'type':'" + type + "','id':'" + id + "'}",
                "{'event':'" + type + "','data':{}}");
        assertThat(key("{'event':'a','id':'" + id + "'}")).matches("a\\|sha256=[0-9a-f]{64}");
    }
}
