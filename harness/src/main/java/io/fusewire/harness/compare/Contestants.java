package io.fusewire.harness.compare;

import io.fusewire.harness.Shell;
import io.fusewire.harness.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The contestants by their names. Each is started and warmed when it is first called, and rests between its turns. */
final class Contestants implements AutoCloseable {
    static final List<String> EVERYBODY =
            List.of("ceiling", "fusewire", "fusewire-pg", "lean", "lean-always", "next", "stock-camel");
    private static final int LONGEST_BACKLOG_SECONDS = 900;

    private final Ground ground;
    private final Load load;
    private final int warmSeconds;
    private final Map<String, Contestant> started = new LinkedHashMap<>();
    private int folders;

    Contestants(Ground ground, Load load, int warmSeconds) {
        this.ground = ground;
        this.load = load;
        this.warmSeconds = warmSeconds;
    }

    static boolean isName(String name) {
        return EVERYBODY.contains(name) || GatewayKind.isName(name);
    }

    /** Ready for its turn: warm, and with nothing left from the last one. */
    Contestant call(String name) throws IOException, InterruptedException, SQLException {
        Contestant contestant = started.get(name);
        if (contestant == null) {
            contestant = fresh(name);
            started.put(name, contestant);
            contestant.awaitReady();
            warm(name, contestant);
        }
        signal(contestant, "-CONT");
        return contestant;
    }

    private void warm(String name, Contestant contestant) throws IOException, InterruptedException, SQLException {
        System.out.println("warms up: " + name);
        load.full(contestant.door(), 64, warmSeconds, 0);
        quiet(contestant);
        if (contestant instanceof FusewireGateway gateway && gateway.grows()) {
            System.out.println("grows old: " + name);
            gateway.grow();
            load.full(contestant.door(), 64, warmSeconds, 0);
            quiet(contestant);
        }
    }

    /** Who is not measured does nothing: no polling, no compiling. */
    void rest(String name) throws IOException, InterruptedException {
        quiet(started.get(name));
        signal(started.get(name), "-STOP");
    }

    /** What one contestant has left must not burden the next. */
    static void quiet(Contestant contestant) throws InterruptedException {
        Waiting.until("nothing waits", LONGEST_BACKLOG_SECONDS, () -> contestant.waiting() == 0);
    }

    /** Another of that name, in a folder of its own, which has just been told to start. */
    Contestant fresh(String name) throws IOException, InterruptedException, SQLException {
        Path folder = ground.work().resolve(name + "-" + ++folders);
        return switch (name) {
            case "ceiling" -> new BareServer(ground, folder);
            case "lean" -> new NodePeer(ground, folder, false, "everysec");
            case "lean-always" -> new NodePeer(ground, folder, false, "always");
            case "next" -> new NodePeer(ground, folder, true, "everysec");
            case "stock-camel" -> new StockCamel(ground, folder);
            default -> new FusewireGateway(ground, folder, GatewayKind.of(name));
        };
    }

    private static void signal(Contestant contestant, String signal) throws IOException {
        for (long process : contestant.processes()) {
            Shell.run(new ProcessBuilder("kill", signal, String.valueOf(process)), 5);
        }
    }

    @Override
    public void close() throws IOException {
        for (Contestant contestant : started.values()) {
            signal(contestant, "-CONT");
            contestant.close();
        }
    }
}
