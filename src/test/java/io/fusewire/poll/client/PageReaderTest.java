package io.fusewire.poll.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.fusewire.poll.client.PageReader.TooLargeException;
import io.fusewire.poll.client.PageReader.UnreadablePageException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one answer costs is bounded, whatever is in it. */
class PageReaderTest {
    private static final int MOST = 50;
    private static final long MEMORY = 128L << 20;
    private static final ApiRequest.Rows QUESTION = new ApiRequest.Rows(
            Feed.ERRORS, ApiVersion.CURRENT, TimeWindow.of(Instant.EPOCH, Instant.EPOCH.plusSeconds(60)), MOST, null);

    @Test
    void a_page_has_its_rows_and_the_next_one() throws Exception {
        PageReader.Page page = PageReader.read(
                stream("{\"x\":{\"data\":1},\"meta\":{\"cursor\":\"c\"},\"data\":[{},null,1]}"), QUESTION);
        assertThat(page.rows()).hasToString("[{}, null, 1]");
        assertThat(page.next()).isEqualTo("c");
        assertThat(PageReader.read(stream("{\"data\":[" + "{},".repeat(MOST - 1) + "{}]}"), QUESTION)
                        .rows())
                .hasSize(MOST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                  | no list of data",
                "[]                  | no list of data",
                "7                   | no list of data",
                "{\"data\":{}}       | no list of data",
                "{\"data\":[         | not JSON",
                "{\"data\":[],       | not JSON",
                "{\"data\":[]]       | not JSON",
                "{\"data\":[{\"a\"}] | not JSON",
                "<html>              | not JSON",
            })
    void what_is_no_page_is_refused_in_a_sentence(String answer, String sentence) {
        assertThatThrownBy(() -> PageReader.read(stream(answer), QUESTION))
                .isInstanceOf(UnreadablePageException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":[%s]}", "{\"data\":[{}],\"data\":[%s]}"})
    void more_rows_than_were_asked_for_are_not_read(String page) {
        byte[] answer = filled(page, "{},");
        assertThat(allocated(() -> assertThatThrownBy(() -> PageReader.read(stream(answer), QUESTION))
                        .isInstanceOf(UnreadablePageException.class)
                        .hasMessageContaining("more rows than were asked for")))
                .isLessThan(MEMORY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"data\":[{\"a\":[%s]}]}            | {},",
                "{\"data\":[{\"a\":[%s]}]}            | 1,",
                "{\"data\":[{\"a\":%s1}]}             | {\"a\":",
                "{\"data\":[],\"meta\":{\"a\":[%s]}}   | {},",
                "{\"data\":[],\"else\":[%s]}          | [],",
            })
    void an_answer_of_too_many_parts_is_too_large(String page, String part) {
        byte[] answer = filled(page, part);
        assertThat(allocated(() -> assertThatThrownBy(() -> PageReader.read(stream(answer), QUESTION))
                        .isInstanceOf(TooLargeException.class)))
                .isLessThan(MEMORY);
    }

    @Test
    void an_answer_that_is_no_page_has_the_same_limit() {
        byte[] answer = filled("{\"a\":[%s]}", "{},");
        assertThat(allocated(() -> assertThatThrownBy(() -> PageReader.json(stream(answer)))
                        .isInstanceOf(TooLargeException.class)))
                .isLessThan(MEMORY);
    }

    @Test
    void an_answer_of_too_many_bytes_is_too_large() {
        byte[] answer = (" ".repeat(PageReader.MOST_BYTES) + "{}").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> PageReader.read(stream(answer), QUESTION)).isInstanceOf(TooLargeException.class);
    }

    /** Some bytes less than the most that are read. */
    private static byte[] filled(String page, String part) {
        String parts = part.repeat((PageReader.MOST_BYTES - 100) / part.length());
        String trimmed = parts.endsWith(",") ? parts.substring(0, parts.length() - 1) : parts;
        return page.formatted(trimmed).getBytes(StandardCharsets.UTF_8);
    }

    private static long allocated(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static InputStream stream(String answer) {
        return stream(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream stream(byte[] answer) {
        return new ByteArrayInputStream(answer);
    }
}
