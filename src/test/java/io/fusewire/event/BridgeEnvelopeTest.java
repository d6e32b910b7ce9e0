package io.fusewire.event;

import static io.fusewire.event.Reading.read;
import static io.fusewire.event.Reading.seed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.error.UnreadableEventException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeEnvelopeTest {
    @Test
    void an_envelope_without_data_has_every_text_label_and_no_number() throws UnreadableEventException {
        Event event = read("{'event':'something.new'}");
        for (String label : List.of(
                "project",
                "trace",
                "observation",
                "name",
                "action",
                "level",
                "error",
                "monitor",
                "monitorSeverity",
                "category",
                "model")) {
            assertThat(event.labels()).containsEntry(label, "none");
        }
        assertThat(event.labels())
                .containsEntry("promptLabels", List.of())
                .containsEntry("subject", event.key())
                .containsEntry("type", "something.new")
                .doesNotContainKeys("value", "inputTokens", "outputTokens", "cost");
    }

    @Test
    void labels_cannot_be_changed() throws UnreadableEventException {
        Event event = read("{'event':'a'}");
        assertThatThrownBy(() -> event.labels().put("type", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "'text'", "5", "{'traceId':null,'level':{},'name':['x'],'model':true}"})
    void data_of_another_shape_gives_none(String data) throws UnreadableEventException {
        Event event = read("{'event':'trace.updated','data':" + data + "}");
        assertThat(event.labels())
                .containsEntry("trace", "none")
                .containsEntry("level", "none")
                .containsEntry("name", "none")
                .containsEntry("model", "none");
    }

    @Test
    void a_number_where_a_text_is_expected_gives_its_text() throws UnreadableEventException {
        assertThat(read(seed("a", "'name':7,'traceId':12345678901234567890")).labels())
                .containsEntry("name", "7")
                .containsEntry("trace", "12345678901234567890");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'statusMessage':'Timeout after 30s for request 4711' | Timeout after # for request #",
                "'statusMessage':'Timeout\\n after 500ms  for request 12' | Timeout after # for request #",
                "'statusMessage':500 | #",
                "'statusMessage':'  \\n' | none",
                "'statusMessage':null | none",
                "'statusMessage':{'code':500} | none",
                "'status':'a' | none"
            })
    void an_error_is_known_by_its_status_message_without_what_varies(String data, String error)
            throws UnreadableEventException {
        assertThat(read(seed("trace.updated", data)).labels())
                .containsEntry("error", error)
                .containsEntry("monitor", "none");
    }

    @Test
    void text_is_taken_as_it_is() throws UnreadableEventException {
        assertThat(read(seed("a", "'name':'<!channel> & co'")).label("name")).isEqualTo("<!channel> & co");
    }

    @Test
    void the_subject_is_the_trace_else_the_observation_else_the_score() throws UnreadableEventException {
        assertThat(read(seed("a", "'traceId':'t','observationId':'o','scoreId':'s'"))
                        .label("subject"))
                .isEqualTo("t");
        assertThat(read(seed("a", "'observationId':'o','scoreId':'s'")).label("subject"))
                .isEqualTo("o");
        assertThat(read(seed("a", "'scoreId':'s'")).label("subject")).isEqualTo("s");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"0.2,0.2", "1,1.0", "-3e-7,-3e-7", "0.1234567890123456789,0.12345678901234568"})
    void a_numeric_score_has_a_value(String value, double expected) throws UnreadableEventException {
        Event event = read(seed("score.created", "'value':" + value));
        assertThat(event.labels()).containsEntry("value", expected).containsEntry("category", "none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'value':true | true",
                "'value':false | false",
                "'value':'toxic' | toxic",
                "'value':'0.2' | 0.2",
                "'value':0,'dataType':'BOOLEAN','stringValue':'False' | false",
                "'value':1,'dataType':'BOOLEAN' | true",
                "'value':2,'dataType':'CATEGORICAL','stringValue':'toxic' | toxic",
                "'value':2,'dataType':'CATEGORICAL' | 2",
                "'dataType':'TEXT','stringValue':'too long' | too long",
                "'value':null | none",
                "'value':'' | none",
                "'value':{'x':1} | none",
                "'value':1e999 | none",
            })
    void any_other_score_has_no_value_but_perhaps_a_category(String data, String category)
            throws UnreadableEventException {
        Event event = read(seed("score.created", data));
        assertThat(event.labels()).doesNotContainKey("value").containsEntry("category", category);
    }

    @Test
    void the_project_may_stand_beside_the_data() throws UnreadableEventException {
        assertThat(read("{'event':'a','projectId':'p'}").label("project")).isEqualTo("p");
        assertThat(read("{'event':'a','projectId':'p','data':{'projectId':'q'}}")
                        .label("project"))
                .isEqualTo("q");
    }
}
