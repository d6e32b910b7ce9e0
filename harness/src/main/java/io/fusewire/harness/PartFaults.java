package io.fusewire.harness;

import static io.fusewire.harness.ProcessFaults.expect;

import com.sun.jdi.ThreadReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happens to single threads of a gateway: each hangs, each throws, one runs out of memory. */
final class PartFaults {
    private static final int TOLD_SECONDS = 30;
    private static final int OUT_OF_MEMORY = 3;
    private static final int QUIET_RATE = 20;
    private static final int ENOUGH = 20;

    private PartFaults() {}

    /** Each thread in turn: health says so, or the work goes on without it. Never a green light over a dead pager. */
    static void parts(ScenarioContext context) throws Exception {
        int port = FreePorts.free();
        GatewayProcess gateway = context.gateway(
                Map.of("fusewire.retention.sweep-every", "1s", "fusewire.reconciliation.check-every", "1s"),
                Map.of("JAVA_TOOL_OPTIONS", GatewayThreads.option(port)));
        context.send(context.mix::event, Integer.MAX_VALUE, 1, 1_000, QUIET_RATE);
        List<String> names;
        try (GatewayThreads threads = GatewayThreads.attach(port)) {
            names = threads.names();
        }
        context.allowDuplicates(2 * names.size() * ProcessFaults.IN_FLIGHT);
        List<String> told = new ArrayList<>();
        for (String name : chosen(context, names)) {
            if (hang(context, gateway, port, name)) {
                told.add(name);
            }
        }
        context.figure("hung, " + told.size() + " told: " + String.join(", ", told));
        List<String> restarted = new ArrayList<>();
        for (String name : names) {
            kill(port, name, "java.lang.NullPointerException");
            if (!goesOn(context, gateway)) {
                restarted.add(name);
                supervise(context, gateway, name);
            }
            // Thrown within a rule or a template it makes a dead letter, as any error of theirs does.
            for (String sink : List.of("rules", "slack", "pagerduty")) {
                gateway.replay(sink);
            }
        }
        context.figure("killed, " + restarted.size() + " restarted: " + String.join(", ", restarted));
        kill(port, "fusewire-events", "java.lang.OutOfMemoryError");
        Waiting.until("the process has ended", TOLD_SECONDS, () -> !gateway.isRunning());
        expect(gateway.exitCode() == OUT_OF_MEMORY, "out of memory it ended with " + gateway.exitCode());
        supervise(context, gateway, "the lack of memory");
        context.sender().enough();
    }

    /** In short those that differ most. */
    private static List<String> chosen(ScenarioContext context, List<String> names) {
        return context.options.isShort() ? List.of("fusewire-events") : names;
    }

    /** True where liveness told it; it must say so itself when the thread turns again. */
    private static boolean hang(ScenarioContext context, GatewayProcess gateway, int port, String name)
            throws Exception {
        int before = context.history.slackMessages();
        boolean told;
        try (GatewayThreads threads = GatewayThreads.attach(port)) {
            Optional<ThreadReference> thread = threads.named(name);
            if (thread.isEmpty()) {
                return false;
            }
            thread.get().suspend();
            told = Waiting.within(TOLD_SECONDS, () -> !gateway.isLive());
            expect(
                    told || context.history.slackMessages() > before + TOLD_SECONDS,
                    name + " hangs, the work stands, and health says that all is well");
            thread.get().resume();
        }
        System.out.println("  parts: " + name + (told ? " hung and was told" : " hung and the work went on"));
        Waiting.until("liveness is back after " + name + " hung", TOLD_SECONDS, gateway::isLive);
        expect(goesOn(context, gateway), "alerts stand after " + name + " hung");
        return told;
    }

    private static void kill(int port, String name, String error) throws Exception {
        try (GatewayThreads threads = GatewayThreads.attach(port)) {
            threads.kill(name, error);
        }
    }

    /** False where the process has ended, or liveness says that it should. */
    private static boolean goesOn(ScenarioContext context, GatewayProcess gateway) throws Exception {
        int enough = context.history.slackMessages() + ENOUGH;
        expect(
                Waiting.within(
                        TOLD_SECONDS,
                        () -> context.history.slackMessages() > enough || !gateway.isRunning() || !gateway.isLive()),
                "the work stands, and health says that all is well");
        return context.history.slackMessages() > enough;
    }

    /** What a supervisor does. */
    private static void supervise(ScenarioContext context, GatewayProcess gateway, String after) throws Exception {
        gateway.kill();
        gateway.start();
        expect(goesOn(context, gateway), "a restart does not help after " + after);
    }
}
