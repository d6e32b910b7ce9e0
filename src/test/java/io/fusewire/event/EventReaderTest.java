package io.fusewire.event;

import static io.fusewire.event.Reading.bytes;
import static io.fusewire.event.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.error.UnreadableEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EventReaderTest {
    @Test
    @Timeout(5)
    void numbers_without_measure_cost_nothing_and_count_as_absent() throws UnreadableEventException {
        String huge = "1e1000000000";
        Event event = read("{'event':'score.created','timestamp':" + huge + ",'data':{'scoreId':" + huge + ",'value':"
                + huge + ",'cost':-" + huge + ",'usage':{'promptTokens':" + huge
                + ",'completionTokens':1e-1000000000}}}");
        assertThat(event.labels())
                .doesNotContainKeys(Labels.VALUE, Labels.COST, Labels.INPUT_TOKENS, Labels.OUTPUT_TOKENS);
        assertThat(event.key()).hasSizeLessThan(150);
        assertThat(event.json().toString()).hasSizeLessThan(300);
    }

    @Test
    void numbers_keep_their_precision() throws UnreadableEventException {
        Event event = read("{'event':'a','data':{'x':0.12345678901234567890123,'y':123456789012345678901234567890}}");
        assertThat(event.json().toString()).contains("0.12345678901234567890123", "123456789012345678901234567890");
    }

    @Test
    void long_texts_and_long_names_are_read() throws UnreadableEventException {
        String text = "x".repeat(25_000_000);
        assertThat(read("{'event':'a','data':{'input':'" + text + "'}}").type()).isEqualTo("a");
        assertThat(read("{'event':'a','" + text.substring(0, 100_000) + "':1}").type())
                .isEqualTo("a");
    }

    @Test
    void the_last_of_two_equal_fields_counts() throws UnreadableEventException {
        assertThat(read("{'event':'a','event':'b'}").type()).isEqualTo("b");
    }

    @Test
    void a_byte_order_mark_is_skipped_and_the_body_kept() throws UnreadableEventException {
        byte[] body = bytes("\uFEFF{'event':'a'}");
        Event event = read(body);
        assertThat(event.type()).isEqualTo("a");
        assertThat(event.body()).isSameAs(body);
    }

    @Test
    void half_a_surrogate_pair_is_read() throws UnreadableEventException {
        Event event = read("{'event':'a\\ud800','id':'\\udc00','data':{'name':'\\ud800'}}");
        assertThat(event.label(Labels.NAME)).isEqualTo("\uD800");
        assertThat(event.key()).matches("[ -~]+");
        assertThat(event.toString()).matches("[ -~]+");
    }

    @Test
    void the_source_is_never_the_bodys_word() throws UnreadableEventException {
        Event event = read("{'event':'a','source':'forged','data':{'source':'forged'}}");
        assertThat(event.source()).isEqualTo("checkout");
        assertThat(event.label(Labels.SOURCE)).isEqualTo("checkout");
    }

    @Test
    void a_log_line_holds_no_body_and_no_line_break() throws UnreadableEventException {
        Event event = read("{'event':'a\\nb','id':'1\\n2','data':{'input':'secret'}}");
        assertThat(event.toString())
                .startsWith("a?b ")
                .endsWith(" from checkout")
                .doesNotContain("secret", "\n");
    }
}
