package io.fusewire.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortValidatorTest {
    private static final String PORT = "camel.server.port";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Permission denied (Bind failed) | camel.server.port: this user may not listen at port 80; set one from 1024"
                        + " on, or give the process CAP_NET_BIND_SERVICE.",
                "Permission denied | camel.server.port: this user may not listen at port 80; set one from 1024 on, or give"
                        + " the process CAP_NET_BIND_SERVICE.",
                "Cannot assign requested address | camel.server.host: 192.0.2.1 is no address of this machine.",
                "Address already in use | camel.server.port: port 80 is taken; stop what listens there, or set another one."
            })
    void what_the_system_refuses_is_told_by_its_cause(String said, String sentence) {
        assertThat(PortValidator.refused(PORT, new InetSocketAddress("192.0.2.1", 80), new BindException(said)))
                .isEqualTo(sentence);
    }

    @Test
    void an_address_of_another_machine_is_named() {
        assertThat(PortValidator.faults(Map.of(PORT, new InetSocketAddress("192.0.2.1", 0)), true))
                .containsExactly("camel.server.host: 192.0.2.1 is no address of this machine.");
    }

    @Test
    void a_port_may_be_taken_by_the_gateway_that_runs() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Map<String, InetSocketAddress> ports = Map.of(PORT, new InetSocketAddress(taken.getLocalPort()));
            assertThat(PortValidator.faults(ports, true)).isEmpty();
            assertThat(PortValidator.faults(ports, false))
                    .singleElement()
                    .asString()
                    .contains("is taken");
        }
    }

    @Test
    void two_ports_are_not_one() {
        InetSocketAddress same = new InetSocketAddress("127.0.0.1", 1024);
        assertThat(PortValidator.faults(Map.of(PORT, same, "camel.management.port", same), true))
                .containsExactly("camel.management.port and camel.server.port are both 1024; give each its own port.");
    }
}
