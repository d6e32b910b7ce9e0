package io.fusewire.event;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorFingerprintTest {
    static final Pattern WHITE_SPACE = Pattern.compile("[\\p{Z}\\p{Cc}]+");

    /** Each that there is, and several. */
    private static final List<String> WHITE_SPACES = Stream.concat(
                    Stream.of("  ", "\r\n", "\u00a0\t \n", " ".repeat(20)),
                    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                            .mapToObj(Character::toString)
                            .filter(WHITE_SPACE.asMatchPredicate()))
            .toList();

    private static final int MEBIBYTE = 1 << 20;

    /** One for each kind of quotation mark that may stay open, twice where a backslash may stand before it, and a few. */
    private static final int READS_OF_A_CHARACTER = 32;

    @Test
    void there_are_vectors() throws IOException {
        assertThat(texts("fingerprints")).hasSizeGreaterThanOrEqualTo(80);
        assertThat(texts("one")).hasSizeGreaterThanOrEqualTo(12);
        assertThat(texts("different")).hasSizeGreaterThanOrEqualTo(18);
    }

    @ParameterizedTest
    @MethodSource
    void a_message_has_the_fingerprint_of_its_vector(String text, String fingerprint) {
        assertThat(ErrorFingerprint.of(text)).isEqualTo(fingerprint);
    }

    static Stream<Arguments> a_message_has_the_fingerprint_of_its_vector() throws IOException {
        return texts("fingerprints")
                .map(vector -> Arguments.of(
                        vector.get("text").textValue(),
                        vector.get("fingerprint").textValue()));
    }

    @ParameterizedTest
    @MethodSource
    void messages_that_differ_in_what_varies_are_one_cause(List<String> messages) {
        assertThat(messages.stream().map(ErrorFingerprint::of).distinct()).hasSize(1);
    }

    static Stream<List<String>> messages_that_differ_in_what_varies_are_one_cause() throws IOException {
        return lists("one");
    }

    @ParameterizedTest
    @MethodSource
    void messages_whose_words_differ_are_two_causes(List<String> messages) {
        assertThat(messages.stream().map(ErrorFingerprint::of)).doesNotHaveDuplicates();
    }

    static Stream<List<String>> messages_whose_words_differ_are_two_causes() throws IOException {
        return lists("different");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void a_fingerprint_is_short_clean_and_its_own_fingerprint(String text) {
        String made = ErrorFingerprint.of(text);
        isClean(made);
        assertThat(ErrorFingerprint.of(made)).isEqualTo(made);
    }

    static Stream<String> messages() throws IOException {
        List<String> messages = new ArrayList<>();
        texts("fingerprints").forEach(vector -> messages.add(vector.get("text").textValue()));
        lists("one").forEach(messages::addAll);
        lists("different").forEach(messages::addAll);
        return messages.stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void white_space_of_whatever_kind_and_amount_is_one_space(String text) {
        String made = ErrorFingerprint.of(text);
        for (String space : WHITE_SPACES) {
            assertThat(ErrorFingerprint.of(WHITE_SPACE.matcher(text).replaceAll(space)))
                    .as(() -> "each white space is " + HexFormat.of().formatHex(space.getBytes(UTF_16BE)))
                    .isEqualTo(made);
        }
    }

    @Test
    void what_stands_behind_a_full_fingerprint_is_not_read() {
        CountedText text = new CountedText("a word ".repeat(30), " and 17 of 'x' \" https://a.b/c", MEBIBYTE);
        assertThat(ErrorFingerprint.of(text)).startsWith("a word a word ").hasSize(160);
        assertThat(text.reads).isLessThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "\"",
                "`",
                "\\\"",
                "\\'",
                "'\"",
                "'\"`‘“„«「『",
                "\\'\\\"\\`\\‘\\“\\„\\«\\「\\『",
                "'a",
                "a'",
                "“‘",
                "b'",
                "\\",
                "(\"",
                "x",
                "xY",
                " ",
                "\t\n",
                "\u0000",
                "\u001b[",
                "1",
                "1.",
                "1a",
                "a1",
                "1a2b",
                "f",
                "f0",
                "fg",
                "0x",
                "1e",
                "1e-",
                "-1",
                "- ",
                "1s",
                "#",
                "@",
                "a@",
                "a@b.",
                "a.b@",
                "a.",
                "_",
                "://",
                "a://",
                "http://",
                "https://a@",
                "https://a:1",
                "https://a/.",
                "https://a/)",
                "https://a?",
                "https://[",
                "12345678-1234-",
                "Mon ",
                "Mon, Jan ",
                "1 PM ",
                "1 \u00a0",
                "Mon \u00a0",
                "'type' \t",
                "'type':\u3000",
                "\"type\":\"a",
                "\"type\":\"a\",",
                "{\"error\":",
                "\\\"code\\\":\\\"a\\\",",
                "请求",
                "「",
                "خطأ",
                "٣",
                "\ud83d\udd25",
                "\ud800",
                "\udc00",
                "e\u0301",
                "\u202e",
                "é"
            })
    void a_hostile_mebibyte_takes_linear_time(String piece) {
        for (String frame : List.of("", "\"", "x'", "https://", "a@", "1", "1 Mon", "'type'")) {
            CountedText text = new CountedText(frame, piece, MEBIBYTE);
            isClean(ErrorFingerprint.of(text));
            assertThat(text.reads)
                    .as("reads of " + frame + piece + "…")
                    .isLessThan((long) READS_OF_A_CHARACTER * MEBIBYTE);
        }
    }

    static void isClean(String fingerprint) {
        assertThat(fingerprint)
                .hasSizeLessThanOrEqualTo(ErrorFingerprint.LONGEST)
                .doesNotContain("  ")
                .isEqualTo(fingerprint.strip());
        assertThat(fingerprint.codePoints())
                .noneMatch(Character::isISOControl)
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private static Stream<JsonNode> texts(String part) throws IOException {
        try (InputStream file = ErrorFingerprintTest.class.getResourceAsStream("/vectors/error-fingerprints.json")) {
            List<JsonNode> vectors = new ArrayList<>();
            new ObjectMapper().readTree(file).get(part).forEach(vectors::add);
            return vectors.stream();
        }
    }

    private static Stream<List<String>> lists(String part) throws IOException {
        return texts(part).map(list -> IntStream.range(0, list.size())
                .mapToObj(i -> list.get(i).textValue())
                .toList());
    }

    /** A beginning, then a piece again and again, to so many characters; it counts how many are read. */
    private static final class CountedText implements CharSequence {
        private final String text;
        private long reads;

        CountedText(String beginning, String piece, int length) {
            this.text = beginning + piece.repeat(length / piece.length());
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            reads += end - start;
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            reads += text.length();
            return text;
        }
    }
}
