package io.fusewire.harness;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** HAProxy in front of gateways: it asks for their readiness twice a second, and repeats no request. */
final class HaProxy implements AutoCloseable {
    private final int port = FreePorts.free();
    private final Process process;

    /** @throws Scenario.Skipped where there is none */
    HaProxy(Path folder, List<GatewayProcess> gateways) throws IOException, Scenario.Skipped, InterruptedException {
        String program = Shell.installed("haproxy");
        StringBuilder servers = new StringBuilder();
        for (GatewayProcess gateway : gateways) {
            servers.append("    server gateway-%d 127.0.0.1:%d check port %d%n"
                    .formatted(gateway.port(), gateway.port(), gateway.managementPort()));
        }
        Path config = Files.writeString(
                folder.resolve("haproxy.cfg"),
                """
                defaults
                    mode http
                    retries 0
                    timeout connect 2s
                    timeout client 30s
                    timeout server 30s
                    # This machine is slow: who answers late is not down.
                    timeout check 5s
                listen webhooks
                    bind 127.0.0.1:%d
                    balance roundrobin
                    option httpchk GET /observe/health/ready
                    default-server inter 500ms fall 3 rise 2
                %s"""
                        .formatted(port, servers));
        Path log = folder.resolve("log");
        this.process = new ProcessBuilder(program, "-db", "-f", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Waiting.until("HAProxy answers, see " + log, 30, () -> !process.isAlive() || FreePorts.isTaken(port));
        if (!process.isAlive()) {
            throw new IllegalStateException("HAProxy did not start: " + Files.readString(log));
        }
    }

    URI webhookUrl() {
        return URI.create("http://127.0.0.1:" + port + "/webhooks/langfuse");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
