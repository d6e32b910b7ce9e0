package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.store.IncidentState.FrequentTexts;
import io.fusewire.store.IncidentState.FrequentTexts.Said;
import io.fusewire.store.IncidentState.Text;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

/** What is said of an incident's texts is never more than was said. */
class FrequentTextsTest {
    private final FrequentTexts texts = new FrequentTexts(new LinkedHashMap<>());

    @Test
    void a_text_that_is_always_the_same_stays_as_it_is() {
        say(3, "429 Too Many Requests");
        assertThat(texts.top()).containsExactly(new Text("429 Too Many Requests", 3));
    }

    @Test
    void texts_that_differ_in_their_ids_alone_are_one_and_counted_as_one() {
        for (int i = 0; i < 1_000; i++) {
            texts.note("Timeout after " + i + " ms for request r-" + i + "a7");
        }
        assertThat(texts.top()).hasSize(1).first().satisfies(one -> {
            assertThat(one.count()).isEqualTo(1_000);
            assertThat(one.text()).startsWith("Timeout after #");
        });
    }

    @Test
    void of_texts_that_each_came_once_none_is_said_to_have_come_more_often() {
        for (char first = 'k'; first <= 'z'; first++) {
            for (char second = 'k'; second <= 'z'; second++) {
                texts.note("No answer from part " + first + second);
            }
        }
        assertThat(texts.top()).hasSize(3).allMatch(text -> text.count() == 1);
    }

    @Test
    void a_frequent_text_that_comes_late_gets_in() {
        for (char letter = 'g'; letter <= 'z'; letter++) {
            say(5, "No answer from part " + letter);
        }
        say(400, "Connection refused");
        assertThat(texts.top().get(0)).isEqualTo(new Text("Connection refused", 400));
    }

    @Test
    void the_most_frequent_stand_first_and_no_more_than_three() {
        say(1, "one");
        say(4, "four");
        say(2, "two");
        say(3, "three");
        assertThat(texts.top()).containsExactly(new Text("four", 4), new Text("three", 3), new Text("two", 2));
    }

    @Test
    void what_is_stored_is_read_again() throws Exception {
        say(2, "429 Too Many Requests");
        texts.note("500 Too Many Requests");
        ObjectMapper json = new ObjectMapper();
        FrequentTexts read = new FrequentTexts(json.readValue(
                json.writeValueAsString(texts.said()), new TypeReference<LinkedHashMap<String, Said>>() {}));
        read.note("429 Too Many Requests");
        assertThat(read.top()).containsExactly(new Text("# Too Many Requests", 4));
    }

    private void say(int times, String text) {
        for (int i = 0; i < times; i++) {
            texts.note(text);
        }
    }
}
