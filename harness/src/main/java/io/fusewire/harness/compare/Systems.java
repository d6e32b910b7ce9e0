package io.fusewire.harness.compare;

import io.fusewire.harness.Shell;
import io.fusewire.harness.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The systems by their names. Each is started and warmed when it is first needed, and stopped while others are
 * measured.
 */
final class Systems implements AutoCloseable {
    static final List<String> ALL =
            List.of("ceiling", "fusewire", "fusewire-pg", "lean", "lean-always", "next", "stock-camel");
    private static final int LONGEST_BACKLOG_SECONDS = 900;

    private final ComparisonContext context;
    private final LoadGenerator load;
    private final int warmSeconds;
    private final Map<String, SystemUnderTest> started = new LinkedHashMap<>();
    private int folders;

    Systems(ComparisonContext context, LoadGenerator load, int warmSeconds) {
        this.context = context;
        this.load = load;
        this.warmSeconds = warmSeconds;
    }

    static boolean isName(String name) {
        return ALL.contains(name) || GatewayVariant.isName(name);
    }

    /** Running, warm, and with nothing left from its last measurement. */
    SystemUnderTest resume(String name) throws IOException, InterruptedException, SQLException {
        SystemUnderTest system = started.get(name);
        if (system == null) {
            system = fresh(name);
            started.put(name, system);
            system.awaitReady();
            warm(name, system);
        }
        signal(system, "-CONT");
        return system;
    }

    private void warm(String name, SystemUnderTest system) throws IOException, InterruptedException, SQLException {
        System.out.println("warms up: " + name);
        load.full(system.webhookUrl(), 64, warmSeconds, 0);
        drain(system);
        if (system instanceof FusewireGateway gateway && gateway.isSeeded()) {
            System.out.println("fills its store: " + name);
            gateway.seed();
            load.full(system.webhookUrl(), 64, warmSeconds, 0);
            drain(system);
        }
    }

    /** Who is not measured does nothing: no polling, no compiling. */
    void suspend(String name) throws IOException, InterruptedException {
        drain(started.get(name));
        signal(started.get(name), "-STOP");
    }

    /** What one system has left must not burden the next. */
    static void drain(SystemUnderTest system) throws InterruptedException {
        Waiting.until("nothing waits", LONGEST_BACKLOG_SECONDS, () -> system.pending() == 0);
    }

    /** Another of that name, in a folder of its own, which has just been told to start. */
    SystemUnderTest fresh(String name) throws IOException, InterruptedException, SQLException {
        Path folder = context.work().resolve(name.replaceAll("[^\\w.-]", "_") + "-" + ++folders);
        return switch (name) {
            case "ceiling" -> new BareServer(context, folder);
            case "lean" -> new NodePeer(context, folder, false, "everysec");
            case "lean-always" -> new NodePeer(context, folder, false, "always");
            case "next" -> new NodePeer(context, folder, true, "everysec");
            case "stock-camel" -> new StockCamel(context, folder);
            default -> new FusewireGateway(context, folder, GatewayVariant.of(name));
        };
    }

    private static void signal(SystemUnderTest system, String signal) throws IOException {
        for (long process : system.processes()) {
            Shell.run(new ProcessBuilder("kill", signal, String.valueOf(process)), 5);
        }
    }

    @Override
    public void close() throws IOException {
        for (SystemUnderTest system : started.values()) {
            signal(system, "-CONT");
            system.close();
        }
    }
}
