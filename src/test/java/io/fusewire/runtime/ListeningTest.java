package io.fusewire.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.Fusewire;
import io.fusewire.config.HttpMode;
import io.fusewire.config.Settings;
import io.fusewire.testing.RunningGateway;
import io.fusewire.validate.ErrorSentences;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At which addresses and ports a gateway listens. On Linux all of 127.0.0.0/8 is this machine. */
class ListeningTest {
    private static final String HERE = "127.0.0.1";
    private static final String OTHER = "127.0.0.2";

    @TempDir
    Path folder;

    @Test
    void without_an_address_a_gateway_listens_at_every_one() {
        try (RunningGateway gateway = RunningGateway.in(folder, Map.of())) {
            assertThat(listens(OTHER, gateway.port())).isTrue();
            assertThat(listens(OTHER, gateway.managementPort())).isTrue();
        }
    }

    @Test
    void with_addresses_it_listens_at_those_alone() {
        Map<String, String> hosts = Map.of("camel.server.host", HERE, "camel.management.host", OTHER);
        try (RunningGateway gateway = RunningGateway.in(folder, hosts)) {
            assertThat(listens(HERE, gateway.port())).isTrue();
            assertThat(listens(OTHER, gateway.port())).isFalse();
            assertThat(listens(HERE, gateway.managementPort())).isFalse();
            assertThat(listens(OTHER, gateway.managementPort())).isTrue();
        }
    }

    /** A machine without IPv6 has no ::1. */
    @Test
    void an_address_of_ipv6_is_listened_at_too() throws IOException {
        assumeThat(NetworkInterface.getByInetAddress(InetAddress.getByName("::1")))
                .isNotNull();
        Map<String, String> hosts = Map.of("camel.server.host", "::1", "camel.management.host", "::1");
        try (RunningGateway gateway = RunningGateway.in(folder, hosts)) {
            assertThat(listens("::1", gateway.port())).isTrue();
            assertThat(listens(HERE, gateway.port())).isFalse();
            assertThat(listens("::1", gateway.managementPort())).isTrue();
            assertThat(HttpMode.url(new Settings(gateway.camel()), "camel.server.host", "camel.server.port"))
                    .isEqualTo("http://[::1]:" + gateway.port());
        }
    }

    @Test
    void an_address_in_a_urls_brackets_is_refused_in_one_sentence() {
        assertThat(faultOf(Map.of("camel.server.host", "[::1]")))
                .isEqualTo("camel.server.host: '[::1]' has brackets; they are for URLs, write ::1");
    }

    @Test
    void in_the_dev_profile_nobody_beyond_this_machine_reaches_it() {
        try (RunningGateway gateway = RunningGateway.in(folder, Map.of("camel.main.profile", "dev"))) {
            assertThat(listens(HERE, gateway.port())).isTrue();
            assertThat(listens(HERE, gateway.managementPort())).isTrue();
            assertThat(listens(OTHER, gateway.port())).isFalse();
            assertThat(listens(OTHER, gateway.managementPort())).isFalse();
        }
    }

    @Test
    void in_a_host_too_it_listens_at_its_addresses_alone() throws Exception {
        int port = RunningGateway.freePort();
        int managementPort = RunningGateway.freePort();
        Set<Thread> before = serverThreads();
        Set<Thread> ours;
        try (DefaultCamelContext host = new DefaultCamelContext()) {
            host.start();
            try (Fusewire gateway = Fusewire.into(host)
                    .set("camel.server.host", HERE)
                    .set("camel.server.port", port)
                    .set("camel.management.host", HERE)
                    .set("camel.management.port", managementPort)
                    .set("fusewire.data-folder", folder.resolve("data"))
                    .set("fusewire.webhook.secrets", RunningGateway.SECRET)
                    .start()) {
                assertThat(gateway.ready()).isTrue();
                assertThat(listens(HERE, port)).isTrue();
                assertThat(listens(OTHER, port)).isFalse();
                assertThat(listens(HERE, managementPort)).isTrue();
                assertThat(listens(OTHER, managementPort)).isFalse();
                ours = serverThreads();
            }
            ours.removeAll(before);
            assertThat(ours).isNotEmpty();
            await().until(() -> ours.stream().noneMatch(Thread::isAlive));
            assertThatThrownBy(() -> Fusewire.into(host)
                            .set("camel.server.port", port)
                            .set("camel.management.port", port)
                            .set("fusewire.data-folder", folder.resolve("data"))
                            .set("fusewire.webhook.secrets", RunningGateway.SECRET)
                            .start())
                    .hasMessage("camel.management.port and camel.server.port are both " + port
                            + "; give each its own port.");
        }
    }

    @Test
    void a_gateway_that_has_stopped_leaves_no_thread_of_its_servers() {
        Set<Thread> before = serverThreads();
        Set<Thread> ours;
        try (RunningGateway gateway = RunningGateway.in(folder, Map.of())) {
            assertThat(listens(HERE, gateway.port())).isTrue();
            ours = serverThreads();
        }
        ours.removeAll(before);
        assertThat(ours).isNotEmpty();
        await().until(() -> ours.stream().noneMatch(Thread::isAlive));
    }

    /** Also those of other gateways, which may be ending at this moment. */
    private static Set<Thread> serverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert.x-"))
                .collect(Collectors.toSet());
    }

    @Test
    void two_equal_ports_stop_the_start_in_one_sentence() {
        String port = String.valueOf(RunningGateway.freePort());
        assertThat(faultOf(Map.of("camel.server.port", port, "camel.management.port", port)))
                .isEqualTo(
                        "camel.management.port and camel.server.port are both " + port + "; give each its own port.");
    }

    @Test
    void an_address_that_is_none_stops_the_start() {
        assertThat(faultOf(Map.of("camel.server.host", "no such host")))
                .isEqualTo("camel.server.host: 'no such host' is no address of this machine");
    }

    private String faultOf(Map<String, String> properties) {
        return ErrorSentences.of(
                catchThrowable(() -> RunningGateway.in(folder, properties).close()));
    }

    private static boolean listens(String address, int port) {
        try (Socket socket = new Socket(address, port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
