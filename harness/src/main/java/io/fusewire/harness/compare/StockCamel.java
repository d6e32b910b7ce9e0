package io.fusewire.harness.compare;

import io.fusewire.harness.Postgres;
import io.fusewire.harness.Shell;
import io.fusewire.harness.Signer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The same of Camel's own parts: JdbcMessageIdRepository on PostgreSQL, and a JMS queue on an embedded Artemis. */
final class StockCamel extends PeerSystem {
    private final Postgres postgres;
    private final SystemProcess program;

    StockCamel(ComparisonContext context, Path folder) throws IOException, SQLException {
        Path peer = context.repository().resolve("harness/peers/camel");
        build(peer);
        postgres = new Postgres(Files.createDirectories(folder));
        program = new SystemProcess(
                folder,
                folder.resolve("peer.log"),
                Map.of(
                        "PORT", String.valueOf(port),
                        "DATA", folder.toString(),
                        "SECRET", Signer.SECRET,
                        "DATABASE_URL", postgres.url(),
                        "DATABASE_USER", Postgres.USER,
                        "SLACK_URL", context.sinks().slack(),
                        "PAGERDUTY_URL", context.sinks().pagerDuty(),
                        "PAGERDUTY_KEY", FastSinks.ROUTING_KEY),
                List.of(
                        context.java(),
                        "-Xmx1024m",
                        "-cp",
                        peer.resolve("target/peer-camel.jar") + ":" + peer.resolve("target/lib") + "/*",
                        "peer.StockCamel"));
    }

    private static void build(Path peer) throws IOException {
        if (Files.isDirectory(peer.resolve("target/lib"))) {
            return;
        }
        Shell.Done done = Shell.run(new ProcessBuilder("mvn", "-q", "-B", "package").directory(peer.toFile()), 600);
        if (done.exit() != 0) {
            throw new IOException("mvn package in " + peer + ": " + done.printed());
        }
    }

    @Override
    SystemProcess server() {
        return program;
    }

    @Override
    URI stats() {
        return URI.create("http://127.0.0.1:" + port + "/stats");
    }

    @Override
    public void awaitReady() throws IOException, InterruptedException {
        program.await(stats(), 200);
    }

    @Override
    public List<Long> accounted() throws IOException {
        List<Long> all = new ArrayList<>(processes());
        all.addAll(postgres.processes());
        return all;
    }

    @Override
    public void close() throws IOException {
        program.close();
        postgres.close();
    }
}
