package io.fusewire.poll.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.event.Event;
import io.fusewire.event.EventReader;
import io.fusewire.event.Labels;
import java.io.InputStream;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The real shapes of both generations become the events of bridges. */
class RowMapperTest {
    private static final TimeWindow ANY = TimeWindow.of(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));

    @Test
    void an_error_becomes_a_trace_that_was_updated() throws Exception {
        for (Event event : new Event[] {
            event(Feed.ERRORS, ApiVersion.CURRENT, "v2-observations"),
            event(Feed.ERRORS, ApiVersion.LEGACY, "observations")
        }) {
            assertThat(event.type()).isEqualTo("trace.updated");
            assertThat(event.labels())
                    .containsEntry(Labels.LEVEL, "ERROR")
                    .containsEntry(Labels.ERROR, "# Too Many Requests from provider")
                    .containsEntry(Labels.TRACE, "7b2e0c0f9f7a4a0c8b1d2e3f4a5b6c7d")
                    .containsEntry(Labels.OBSERVATION, "a1b2c3d4e5f60718")
                    .containsEntry(Labels.PROJECT, "clx0proj00000aa1b2c3d4e5f")
                    .containsEntry(Labels.NAME, "answer")
                    .containsEntry(Labels.MODEL, "gpt-4o");
            assertThat(event.json().path("data").path("statusMessage").asText())
                    .isEqualTo("429 Too Many Requests from provider");
            assertThat(event.json().path("timestamp").asText()).isEqualTo("2026-08-22T08:21:04.250Z");
            assertThat(event.key())
                    .isEqualTo(
                            "trace.updated|project=clx0proj00000aa1b2c3d4e5f|observation=a1b2c3d4e5f60718|level=ERROR");
        }
    }

    @Test
    void a_generation_has_its_tokens_and_its_cost() throws Exception {
        for (Event event : new Event[] {
            event(Feed.GENERATIONS, ApiVersion.CURRENT, "v2-observations"),
            event(Feed.GENERATIONS, ApiVersion.LEGACY, "observations")
        }) {
            assertThat(event.type()).isEqualTo("generation.created");
            assertThat(event.labels())
                    .containsEntry(Labels.MODEL, "gpt-4o")
                    .containsEntry(Labels.INPUT_TOKENS, 812L)
                    .containsEntry(Labels.OUTPUT_TOKENS, 0L)
                    .containsEntry(Labels.COST, 0.00203);
            assertThat(event.key())
                    .isEqualTo("generation.created|project=clx0proj00000aa1b2c3d4e5f|observation=a1b2c3d4e5f60718");
        }
    }

    @Test
    void a_score_has_its_value_and_what_it_is_about() throws Exception {
        Event event = event(Feed.SCORES, ApiVersion.CURRENT, "v3-scores");
        assertThat(event.type()).isEqualTo("score.created");
        assertThat(event.labels())
                .containsEntry(Labels.VALUE, 0.31)
                .containsEntry(Labels.NAME, "hallucination")
                .containsEntry(Labels.TRACE, "7b2e0c0f9f7a4a0c8b1d2e3f4a5b6c7d")
                .containsEntry(Labels.OBSERVATION, "a1b2c3d4e5f60718");
        assertThat(event.json().path("data").path("comment").asText()).isEqualTo("Claim not supported by context.");
    }

    @Test
    void a_boolean_of_the_old_api_is_a_category_and_its_project_comes_from_the_keys() throws Exception {
        Event event = event(Feed.SCORES, ApiVersion.LEGACY, "v2-scores");
        assertThat(event.labels())
                .containsEntry(Labels.CATEGORY, "false")
                .containsEntry(Labels.PROJECT, "the-project")
                .containsEntry(Labels.OBSERVATION, "a1b2c3d4e5f60718")
                .doesNotContainKey(Labels.VALUE);
    }

    @Test
    void nothing_that_says_nothing_is_written() throws Exception {
        Event event = event(Feed.ERRORS, ApiVersion.CURRENT, "v2-observations");
        assertThat(event.json().path("data").fieldNames())
                .toIterable()
                .doesNotContain("version", "input", "output", "metadata", "usageDetails");
    }

    private static Event event(Feed feed, ApiVersion endpoints, String fixture) throws Exception {
        try (InputStream body = RowMapperTest.class.getResourceAsStream("/langfuse/" + fixture + ".json")) {
            PageReader.Page page = PageReader.read(body, new ApiRequest.Rows(feed, endpoints, ANY, 50, null));
            JsonNode row = page.rows().get(0);
            return new EventReader(true).read(EventBodies.bytes(RowMapper.of(feed, row, "the-project")), "shop");
        }
    }
}
