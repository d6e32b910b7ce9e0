package io.fusewire.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.config.Settings;
import io.fusewire.testing.LogLines;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GracefulStopTest {
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final AtomicInteger told = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        camel.close();
    }

    @Test
    void a_gateway_that_is_about_to_stop_is_not_ready_though_it_serves() {
        GracefulStop stop = stop("0");
        assertThat(stop.isOpen()).as("not started yet").isFalse();
        camel.start();
        assertThat(stop.isOpen()).isTrue();
        assertThat(told).hasValue(0);
        stop.begin();
        assertThat(stop.isOpen()).isFalse();
        assertThat(told).hasValue(1);
        assertThat(camel.isStarted()).isTrue();
    }

    @Test
    void where_nothing_is_served_nobody_is_waited_for() throws InterruptedException {
        Thread stopping = new Thread(stop("10m")::begin);
        stopping.start();
        stopping.join(30_000);
        assertThat(stopping.isAlive()).isFalse();
    }

    @Test
    void the_end_of_one_that_ran_is_told_and_of_no_other() throws Exception {
        try (LogLines log = new LogLines()) {
            GracefulStop neverRan = stop("0");
            neverRan.begin();
            neverRan.ended();
            GracefulStop ran = stop("0");
            camel.start();
            ran.begin();
            camel.stop();
            ran.ended();
            assertThat(log.text().lines().filter(line -> line.startsWith("Fusewire has stopped")))
                    .containsExactly(
                            "Fusewire has stopped after 0s; nothing was in flight any more, and what waits is in"
                                    + " the store.");
        }
    }

    @ParameterizedTest
    @CsvSource({"601s, longer than 10m", "1d, longer than 10m", "ten, not a duration", "-5s, not a duration"})
    void a_time_that_no_supervisor_waits_for_is_refused_by_the_property_s_name(String time, String why) {
        assertThatThrownBy(() -> stop(time))
                .hasMessageStartingWith("fusewire.stop.unready-for: '" + time + "' is ")
                .hasMessageContaining(why);
    }

    private GracefulStop stop(String time) {
        Properties properties = new Properties();
        properties.setProperty("fusewire.stop.unready-for", time);
        camel.getPropertiesComponent().setOverrideProperties(properties);
        return new GracefulStop(camel, new Settings(camel), told::incrementAndGet);
    }
}
