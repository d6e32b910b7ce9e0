package io.fusewire.poll.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.event.Event;
import io.fusewire.event.EventReader;
import io.fusewire.poll.client.PageReader.TooLargeException;
import io.fusewire.poll.client.PageReader.UnreadablePageException;
import io.fusewire.testing.CpuTime;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Whatever Langfuse's API answers: it is a page whose rows become events of four types, or refused in one sentence. */
class PageReaderFuzzTest {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final TimeWindow ANY = TimeWindow.of(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
    private static final EventReader READER = new EventReader(true);
    private static final Set<String> TYPES = Set.of("trace.updated", "generation.created", "score.created");

    @FuzzTest
    void an_answer_is_a_page_or_is_refused_in_one_sentence(byte[] answer) throws Exception {
        for (Feed feed : Feed.values()) {
            for (ApiVersion version : ApiVersion.values()) {
                ApiRequest.Rows question = new ApiRequest.Rows(feed, version, ANY, 50, null);
                try {
                    PageReader.Page page =
                            CpuTime.within(BOUND, () -> PageReader.read(new ByteArrayInputStream(answer), question));
                    assertThat(PageReader.read(new ByteArrayInputStream(answer), question))
                            .isEqualTo(page);
                    assertThat(page.rows()).hasSizeLessThanOrEqualTo(question.limit());
                    assertThat(page.next()).isNotEqualTo("");
                    page.rows().forEach(row -> isMapped(feed, row));
                } catch (UnreadablePageException | TooLargeException e) {
                    assertThat(e.getMessage()).matches("[A-Za-z0-9 ,']{5,100}");
                }
            }
        }
    }

    /** What is nested too deep is the one thing that no event may hold. */
    private static void isMapped(Feed feed, JsonNode row) {
        try {
            byte[] body = EventBodies.bytes(RowMapper.of(feed, row, "the-project"));
            Event event = CpuTime.within(BOUND, () -> READER.read(body, "shop"));
            assertThat(TYPES).contains(event.type());
            assertThat(READER.read(body, "shop").key()).isEqualTo(event.key());
        } catch (UnreadableEventException e) {
            assertThat(e.getMessage()).contains("nested deeper");
        }
    }
}
