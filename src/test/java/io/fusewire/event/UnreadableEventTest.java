package io.fusewire.event;

import static io.fusewire.event.Reading.bytes;
import static io.fusewire.event.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.error.UnreadableEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableEventTest {
    @Test
    void an_empty_body_is_refused() {
        refused(new byte[0], "The body is empty.");
        refused(bytes(" \n"), "The body is empty.");
        refused(bytes("\uFEFF"), "The body is empty.");
    }

    @Test
    void a_body_that_is_not_utf8_is_refused() {
        byte[] latin1 = bytes("{'event':'trace.created','name':'X'}");
        latin1[latin1.length - 3] = (byte) 0xE9;
        byte[] surrogate = bytes("{'event':'XYZ'}");
        System.arraycopy(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, 0, surrogate, 10, 3);
        byte[] overlong = bytes("{'event':'XY'}");
        System.arraycopy(new byte[] {(byte) 0xC0, (byte) 0xAF}, 0, overlong, 10, 2);
        refused(latin1, "The body is not UTF-8.");
        refused(surrogate, "The body is not UTF-8.");
        refused(overlong, "The body is not UTF-8.");
    }

    @Test
    void a_body_that_begins_as_gzip_does_is_told_so() {
        refused(new byte[] {0x1F, (byte) 0x8B, 8, 0}, "The body is compressed by gzip; send it as it is.");
        refused(new byte[] {0x1F, (byte) 0x8B}, "The body is compressed by gzip; send it as it is.");
        refused(new byte[] {(byte) 0x8B}, "The body is not UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'event':'secret'",
                "{'event':'secret'} x",
                "{'event':'secret'}{}",
                "{'event':'secret','data':NaN}",
                "{'event':'secret','data':Infinity}",
                "{'event':'secret',}",
                "{'event':'secret','a':01}",
                "{event:'secret'}",
                "secret",
                "{'event':'secret' /* no */}",
                "{'event':'secret\n'}"
            })
    void what_is_not_json_is_refused_without_being_quoted(String body) {
        refused(bytes(body), "The body is not JSON.");
        assertThatThrownBy(() -> read(body)).hasNoCause().message().doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{'event':'a'}]", "'event'", "1", "null", "true"})
    void json_that_is_not_an_object_is_refused(String body) {
        refused(bytes(body), "The body is not a JSON object.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'event':''}",
                "{'type':' '}",
                "{'event':5}",
                "{'event':{'type':'x'}}",
                "{'type':null}",
                "{'projectId':'p','datasetId':'d','payload':{}}"
            })
    void an_event_without_a_type_is_refused(String body) {
        refused(bytes(body), "The event has no type.");
    }

    @Test
    void a_type_of_200_characters_is_read_and_a_longer_one_refused() throws UnreadableEventException {
        assertThat(read("{'event':'" + "x".repeat(200) + "'}").type()).hasSize(200);
        refused(bytes("{'type':'" + "x".repeat(201) + "'}"), "The event's type is longer than 200 characters.");
    }

    @Test
    void nesting_of_64_levels_is_read_and_of_65_refused() throws UnreadableEventException {
        assertThat(read(nested(64)).type()).isEqualTo("deep");
        refused(bytes(nested(65)), "The JSON is nested deeper than 64 levels.");
        refused(bytes(nested(100_000)), "The JSON is nested deeper than 64 levels.");
        refused(bytes("[".repeat(65)), "The JSON is nested deeper than 64 levels.");
        refused(bytes("{'a':".repeat(65)), "The JSON is nested deeper than 64 levels.");
    }

    @Test
    void a_number_of_more_than_a_thousand_digits_is_refused() {
        String number = "9".repeat(1001);
        refused(bytes("{'event':'a','data':" + number + "}"), "The JSON holds a number that is too long.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1e-99999999999", "0e99999999999"})
    void a_number_whose_exponent_passes_32_bits_is_refused(String number) {
        refused(bytes("{'event':'a','data':" + number + "}"), "The JSON holds a number that is too large.");
    }

    private static String nested(int levels) {
        int inner = levels - 1;
        return "{'event':'deep','data':" + "[".repeat(inner) + "]".repeat(inner) + "}";
    }

    private static void refused(byte[] body, String sentence) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage(sentence);
    }
}
