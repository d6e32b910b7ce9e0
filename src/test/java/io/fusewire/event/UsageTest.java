package io.fusewire.event;

import static io.fusewire.event.Reading.read;
import static io.fusewire.event.Reading.seed;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.error.UnreadableEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'usage':{'promptTokens':812,'completionTokens':164}",
                "'usage':{'input':812,'output':164}",
                "'usageDetails':{'input':812,'output':164}",
                "'usage':{'promptTokens':812.0,'completionTokens':1.64e2}",
                "'usage':{'promptTokens':null,'input':812},'usageDetails':{'output':164}"
            })
    void tokens_are_read_from_each_shape_of_usage(String data) throws UnreadableEventException {
        assertThat(read(seed("generation.created", data)).labels())
                .containsEntry("inputTokens", 812L)
                .containsEntry("outputTokens", 164L);
    }

    @Test
    void a_count_keeps_every_digit() throws UnreadableEventException {
        assertThat(read(seed("generation.created", "'usage':{'input':9007199254740993,'output':9223372036854775807}"))
                        .labels())
                .containsEntry("inputTokens", 9007199254740993L)
                .containsEntry("outputTokens", Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "'812'", "true", "9223372036854775808", "1e400", "null"})
    void what_is_no_count_is_absent(String tokens) throws UnreadableEventException {
        assertThat(read(seed("generation.created", "'usage':{'promptTokens':" + tokens + "}"))
                        .labels())
                .doesNotContainKey("inputTokens");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'cost':0.00367",
                "'totalCost':0.00367",
                "'usage':{'totalCost':0.00367}",
                "'usage':{'cost':0.00367}",
                "'cost':'?','totalCost':0.00367"
            })
    void the_cost_is_read_where_it_is_a_number(String data) throws UnreadableEventException {
        assertThat(read(seed("generation.created", data)).labels()).containsEntry("cost", 0.00367);
    }
}
