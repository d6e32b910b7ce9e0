package io.fusewire.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fusewire.error.UnreadableEventException;
import io.fusewire.testing.CpuTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is posted: it is an event that the store and the rules can take, or refused in one sentence. */
class EventReaderFuzzTest {
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final List<EventReader> READERS = List.of(new EventReader(false), new EventReader(true));

    @MethodSource("io.fusewire.testing.ExampleEvents#bodies")
    @FuzzTest
    void a_body_is_an_event_or_is_refused_in_one_sentence(byte[] body) {
        for (EventReader reader : READERS) {
            try {
                Event event = CpuTime.within(BOUND, () -> reader.read(body, "shop"));
                isWhole(event, body);
                assertThat(reader.read(body.clone(), "shop").key()).isEqualTo(event.key());
            } catch (UnreadableEventException e) {
                assertThat(e.getMessage())
                        .as("it stands within the quotes of a JSON answer")
                        .matches("[A-Z][A-Za-z0-9 ,'-]{5,100}\\.");
            }
        }
    }

    private static void isWhole(Event event, byte[] body) {
        assertThat(event.key()).matches("[ -~]{1,255}");
        assertThat(event.type()).isNotBlank().hasSizeLessThanOrEqualTo(200);
        assertThat(event.body()).isSameAs(body);
        assertThat(event.toString()).doesNotContain("\n", "\r", "\u001b", "\u009b");
        assertThat(event.labels()).containsEntry(Labels.SOURCE, "shop");
        event.labels().forEach((name, value) -> {
            if (value instanceof Double number) {
                assertThat(number).as(name).isFinite();
            } else if (value instanceof Long count) {
                assertThat(count).as(name).isNotNegative();
            } else if (value instanceof String text) {
                assertThat(text).as(name).isNotEmpty();
            } else {
                assertThat(value).as(name).isInstanceOf(List.class);
            }
        });
    }
}
