package io.fusewire.harness.compare;

import io.fusewire.harness.FreePorts;
import io.fusewire.harness.Shell;
import io.fusewire.harness.Signer;
import io.fusewire.harness.Waiting;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a user might build instead: node, BullMQ and Redis, behind node's own server or behind Next.js. */
final class NodePeer extends PeerSystem {
    private final int statsPort = FreePorts.free();
    private final boolean next;
    private final SystemProcess redis;
    private final SystemProcess server;
    private final SystemProcess worker;

    /**
     * @param next whether Next.js takes the requests
     * @param fsync Redis's appendfsync: {@code everysec}, where a crash loses a second, or {@code always}
     */
    NodePeer(ComparisonContext context, Path folder, boolean next, String fsync)
            throws IOException, InterruptedException {
        build(context.repository());
        this.next = next;
        Files.createDirectories(folder);
        int redisPort = FreePorts.free();
        redis = new SystemProcess(
                folder,
                folder.resolve("redis.log"),
                Map.of(),
                List.of(
                        "redis-server",
                        "--port",
                        String.valueOf(redisPort),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        fsync,
                        "--maxmemory-policy",
                        "noeviction"));
        Waiting.until("Redis listens", 10, () -> listens(redisPort));
        Map<String, String> environment = new TreeMap<>(Map.of(
                "REDIS_PORT", String.valueOf(redisPort),
                "PORT", String.valueOf(port),
                "STATS_PORT", String.valueOf(statsPort),
                "SECRET", Signer.SECRET,
                "SLACK_URL", context.sinks().slack(),
                "PAGERDUTY_URL", context.sinks().pagerDuty(),
                "PAGERDUTY_KEY", FastSinks.ROUTING_KEY,
                "NODE_ENV", "production",
                "NEXT_TELEMETRY_DISABLED", "1"));
        Path peers = context.repository().resolve("harness/peers");
        server = new SystemProcess(
                peers.resolve(next ? "next" : "lean"),
                folder.resolve("server.log"),
                environment,
                next
                        ? List.of("node", "node_modules/next/dist/bin/next", "start", "-p", String.valueOf(port))
                        : List.of("node", "server.js"));
        worker = new SystemProcess(
                peers.resolve("lean"), folder.resolve("worker.log"), environment, List.of("node", "worker.js"));
    }

    /** Installs and builds what is missing. */
    private static void build(Path repository) throws IOException {
        Path peers = repository.resolve("harness/peers");
        for (String peer : List.of("lean", "next")) {
            if (!Files.isDirectory(peers.resolve(peer).resolve("node_modules"))) {
                run(peers.resolve(peer), "npm", "install", "--no-package-lock", "--no-audit", "--no-fund");
            }
        }
        if (!Files.isDirectory(peers.resolve("next/.next"))) {
            run(peers.resolve("next"), "npm", "run", "build");
        }
    }

    private static void run(Path folder, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("NEXT_TELEMETRY_DISABLED", "1");
        Shell.Done done = Shell.run(builder, 300);
        if (done.exit() != 0) {
            throw new IOException(String.join(" ", command) + " in " + folder + ": " + done.printed());
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    SystemProcess server() {
        return server;
    }

    @Override
    public URI webhookUrl() {
        return next ? URI.create("http://127.0.0.1:" + port + "/api/webhooks/langfuse") : super.webhookUrl();
    }

    @Override
    public void awaitReady() throws IOException, InterruptedException {
        server.await(webhookUrl(), next ? 405 : 401);
        worker.await(stats(), 200);
    }

    @Override
    URI stats() {
        return URI.create("http://127.0.0.1:" + statsPort + "/");
    }

    @Override
    public List<Long> processes() {
        return List.of(redis.pid(), server.pid(), worker.pid());
    }

    @Override
    public void close() {
        server.close();
        worker.close();
        redis.close();
    }
}
