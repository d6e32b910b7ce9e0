package io.fusewire.event;

import static io.fusewire.event.Reading.bytes;
import static io.fusewire.event.Reading.different;
import static io.fusewire.event.Reading.key;
import static io.fusewire.event.Reading.monitor;
import static io.fusewire.event.Reading.seed;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.error.UnreadableEventException;
import org.junit.jupiter.api.Test;

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
    void every_id_counts_and_each_under_its_own_name() throws UnreadableEventException {
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
        assertThat(key(seed("a", "'traceId':7"))).isEqualTo(key(seed("a", "'traceId':'7'")));
    }

    @Test
    void an_event_without_a_time_is_told_apart_by_its_body() throws UnreadableEventException {
        String good = "{'event':'score.updated','data':{'scoreId':'s','value':0.9}}";
        assertThat(key(good)).isEqualTo(key(good));
        different(good, "{'event':'score.updated','data':{'scoreId':'s','value':0.2}}");
    }

    @Test
    void an_event_about_nothing_is_told_apart_by_its_body() throws UnreadableEventException {
        different(seed("a", "'x':1"), seed("a", "'x':2"), "{'event':'a'}", "{'event':'a','id':null}");
        assertThat(key("{'event':'a'}")).startsWith("a|body=");
    }

    @Test
    void no_key_is_longer_than_255_characters_and_long_ones_stay_apart() throws UnreadableEventException {
        String id = "x".repeat(500);
        String type = "t".repeat(200);
        different(
                seed("a", "'traceId':'" + id + "1'"),
                seed("a", "'traceId':'" + id + "2'"),
                seed(type, "'traceId':'" + id + "'"),
                "{'type':'" + type + "'}",
                "{'type':'" + type + "','id':'" + id + "'}",
                "{'event':'" + type + "','data':{}}");
        assertThat(key(seed("a", "'traceId':'" + id + "'"))).matches("a\\|sha256=[0-9a-f]{64}");
    }
}
