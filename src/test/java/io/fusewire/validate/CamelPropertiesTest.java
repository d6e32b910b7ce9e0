package io.fusewire.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CamelPropertiesTest {
    @ParameterizedTest
    @CsvSource({
        "camel.servr.port, camel.server.port",
        "camel.server.prot, camel.server.port",
        "camel.mangement.port, camel.management.port",
        "camel.main.shutdown-timout, camel.main.shutdown-timeout",
        "camel.main.shutdownTimout, camel.main.shutdown-timeout"
    })
    void a_slip_gets_the_name_that_there_is(String slip, String known) {
        assertThat(CamelProperties.faults(List.of(slip), List.of()))
                .containsExactly("There is no property '" + slip + "'; did you mean '" + known + "'?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel.server.port",
                "camel.main.shutdownTimeout",
                "camel.main.shutdown-timeout",
                "camel.component.http.anything",
                "camel.beans.mine",
                "camel.threadpool.config[mine].max-pool-size",
                "fusewire.servr.port"
            })
    void what_there_is_and_what_is_open_is_left_alone(String name) {
        assertThat(CamelProperties.faults(List.of(name), List.of())).isEmpty();
    }

    @Test
    void what_is_known_to_be_right_is_not_looked_up() {
        assertThat(CamelProperties.faults(List.of("camel.servr.port"), List.of("camel.servr.port")))
                .isEmpty();
    }
}
