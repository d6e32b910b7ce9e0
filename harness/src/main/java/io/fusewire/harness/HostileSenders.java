package io.fusewire.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Twenty senders who mean harm, all at once. Each misuses connections in a way of its own: it opens so many, goes on with
 * each once a second, hangs up in the midst of it, and begins anew.
 */
final class HostileSenders implements AutoCloseable {
    private static final int COUNT = 20;
    private static final int MIB = 1 << 20;
    private static final byte[] NOTHING = {};
    private static final String POST =
            "POST /webhooks/langfuse HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n";
    private static final String EXPLAIN = "POST /admin/explain HTTP/1.1\r\nHost: gateway\r\n";

    /**
     * A way to misuse a gateway.
     *
     * @param name as the report calls it
     * @param connections how many are held at once
     * @param management whether they lead to the management port
     * @param opening what each begins with
     * @param more what is sent on each a second later, and again and again
     * @param seconds how long each is held
     */
    private record Way(
            String name, int connections, boolean management, Supplier<byte[]> opening, byte[] more, int seconds) {

        static Way of(String name, int connections, int seconds, byte[] opening, byte[] more) {
            return new Way(name, connections, false, () -> opening, more, seconds);
        }

        /** A whole request, again each second. */
        static Way request(String name, int connections, byte[] request) {
            return of(name, connections, 1, request, NOTHING);
        }

        Way atManagement() {
            return new Way(name, connections, true, opening, more, seconds);
        }
    }

    private final GatewayProcess gateway;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(COUNT);
    private final List<RawConnection> open = new ArrayList<>();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    /** @param known a body that the gateway has taken already */
    HostileSenders(GatewayProcess gateway, String known, Random random) throws IOException {
        this.gateway = gateway;
        List<Way> ways = ways(known, random);
        for (int sender = 0; sender < COUNT; sender++) {
            Way way = ways.get(sender % ways.size());
            List<RawConnection> held = new ArrayList<>();
            threads.scheduleWithFixedDelay(() -> round(way, held), 50L * sender, 1_000, TimeUnit.MILLISECONDS);
        }
    }

    private static List<Way> ways(String known, Random random) throws IOException {
        byte[] almost = bytes(POST + "Content-Length: " + MIB + "\r\n\r\n" + "x".repeat(MIB - 500));
        byte[] garbage = new byte[4_096];
        random.nextBytes(garbage);
        byte[] replayed = signed(known.getBytes(StandardCharsets.UTF_8));
        byte[] empties = bytes("[{}" + ",{}".repeat((MIB - 4) / 3) + "]");
        String multipart = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n";
        return List.of(
                Way.of("unfinished bodies", 100, 120, almost, NOTHING),
                Way.of("a byte a second", 100, 120, bytes(POST + "Content-Length: 1000\r\n\r\n{"), bytes(" ")),
                new Way("lists of empty objects", 5, false, () -> signed(empties), NOTHING, 5),
                Way.of("idle connections", idle(), 300, NOTHING, NOTHING),
                Way.of("a header a second", 100, 120, bytes(POST), bytes("X-More: 1\r\n")),
                Way.request("header bombs", 20, bytes(POST + ("X-Bomb: " + "x".repeat(8_000) + "\r\n").repeat(100))),
                Way.of(
                        "chunks without end",
                        20,
                        120,
                        bytes(POST + "Transfer-Encoding: chunked\r\n\r\n"),
                        bytes("8000\r\n" + "x".repeat(0x8000) + "\r\n")),
                Way.request("unsigned events", 20, post("/webhooks/langfuse", "{\"event\":\"trace.created\"}")),
                Way.request("no HTTP", 20, garbage),
                Way.request("a broken query", 20, post("/webhooks/langfuse?a=%zz", "{}")),
                Way.of("Expect without a body", 50, 60, expecting(), NOTHING),
                Way.request("HTTP/2", 20, bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0")),
                Way.request(
                        "HTTP/2 by an upgrade",
                        20,
                        bytes("GET / HTTP/1.1\r\nHost: gateway\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                                + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")),
                Way.request("huge queries", 10, post("/webhooks/langfuse?a=" + "x".repeat(MIB), "{}")),
                Way.request("replayed requests", 20, replayed),
                Way.of(
                                "files for explain",
                                4,
                                20,
                                bytes(EXPLAIN + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: "
                                        + 5 * MIB + "\r\n\r\n" + multipart + "x".repeat(5 * MIB - 500)),
                                NOTHING)
                        .atManagement(),
                Way.of("unfinished bodies for explain", 50, 120, unfinishedExplain(), NOTHING)
                        .atManagement());
    }

    private static byte[] expecting() {
        return bytes(POST + "Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n");
    }

    private static byte[] unfinishedExplain() {
        return bytes(EXPLAIN + "Authorization: Bearer " + ScenarioContext.ADMIN_TOKEN + "\r\nContent-Length: " + MIB
                + "\r\n\r\n" + "x".repeat(MIB - 500));
    }

    /** As many as leave the gateway most of what the machine allows it. */
    private static int idle() throws IOException {
        String limit = Shell.run("sh", "-c", "ulimit -n").printed().strip();
        return limit.matches("\\d+") ? Math.min(1_000, Integer.parseInt(limit) / 10) : 1_000;
    }

    private static byte[] post(String target, String body) {
        return bytes(
                POST.replace("/webhooks/langfuse", target) + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static byte[] signed(byte[] body) {
        return bytes(POST + "x-langfuse-signature: " + Signer.signature(body) + "\r\nContent-Length: " + body.length
                + "\r\n\r\n" + new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Goes on with each connection of a sender, hangs up on the old ones, and opens as many as are missing. */
    private void round(Way way, List<RawConnection> held) {
        held.removeIf(connection -> {
            boolean there = connection.goOn(way.more());
            if (there && connection.seconds() < way.seconds()) {
                return false;
            }
            String status = connection.status();
            count(way, status.isEmpty() ? there ? "held" : "closed" : status);
            close(connection);
            return true;
        });
        while (held.size() < way.connections() && !threads.isShutdown()) {
            try {
                RawConnection connection = new RawConnection(
                        way.management() ? gateway.managementPort() : gateway.port(),
                        way.opening().get());
                synchronized (open) {
                    open.add(connection);
                }
                connection.goOn(NOTHING);
                held.add(connection);
            } catch (IOException e) {
                count(way, "not taken");
                return;
            }
        }
    }

    private void count(Way way, String answer) {
        answers.merge(way.name() + ": " + answer, 1, Integer::sum);
    }

    private void close(RawConnection connection) {
        synchronized (open) {
            open.remove(connection);
        }
        try {
            connection.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket that can't be closed", e);
        }
    }

    /** How often each of them was answered what, closed, held to its end, or not taken. */
    Map<String, Integer> answers() {
        return new TreeMap<>(answers);
    }

    /** All hang up. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (open) {
            List.copyOf(open).forEach(this::close);
        }
    }
}
