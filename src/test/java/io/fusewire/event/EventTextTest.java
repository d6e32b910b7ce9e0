package io.fusewire.event;

import static io.fusewire.event.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.error.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTextTest {
    private static final String EMOJI = "\ud83d\udd25";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'event':'a','data':{'statusMessage':'it failed','comment':'c'}} | it failed",
                "{'event':'a','data':{'statusMessage':' ','comment':'not in the sources'}} | not in the sources",
                "{'event':'a','data':{'statusMessage':null,'comment':5}} | 5",
                "{'type':'monitor-alert','payload':{'message':{'title':'t','body':'p95 is 2 s'}}} | p95 is 2 s",
                "{'type':'project-notification','event':{'message':'Export failed.'}} | Export failed.",
                "{'type':'monitor-alert','payload':{'message':{'body':'b'}},'data':{'comment':'c'}} | c"
            })
    void the_text_is_what_a_person_would_call_so(String body, String text) throws UnreadableEventException {
        assertThat(read(body).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'event':'a'}",
                "{'event':'a','data':{'statusMessage':{},'comment':[]}}",
                "{'event':'a','data':'x','payload':{'message':'x'}}",
                "{'type':'prompt-version','event':{'message':'\\n \\u0000'}}"
            })
    void there_may_be_none(String body) throws UnreadableEventException {
        assertThat(read(body).text()).isNull();
    }

    @Test
    void a_text_is_on_one_line_and_short() throws UnreadableEventException {
        assertThat(text(" a\\n\\tb\\u0007\\u001b[1m  'c' \\ud800 ")).isEqualTo("a b [1m 'c' \ufffd");
        assertThat(text("x".repeat(1 << 20))).isEqualTo("x".repeat(200));
        assertThat(text("x".repeat(199) + EMOJI)).isEqualTo("x".repeat(199));
        assertThat(text("x".repeat(198) + EMOJI + "y")).isEqualTo("x".repeat(198) + EMOJI);
        assertThat(text("x".repeat(199) + " y")).isEqualTo("x".repeat(199));
    }

    private static String text(String comment) throws UnreadableEventException {
        String body = "{\"event\":\"a\",\"data\":{\"comment\":\"" + comment + "\"}}";
        return read(body.getBytes(StandardCharsets.UTF_8)).text();
    }
}
