package io.fusewire.harness;

import static io.fusewire.harness.ProcessFaults.expect;

import com.sun.jdi.ThreadReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What happens to single threads of a gateway: each hangs, each throws, one runs out of memory. */
final class PartFaults {
    private static final int TOLD_SECONDS = 30;
    private static final int OUT_OF_MEMORY = 3;
    private static final int QUIET_RATE = 20;

    private PartFaults() {}

    /** Each thread in turn: health says so, or the work goes on without it. Never a green light over a dead pager. */
    static void parts(ScenarioContext context) throws Exception {
        int port = FreePorts.free();
        GatewayProcess gateway = context.gateway(
                Map.of("fusewire.retention.sweep-every", "1s", "fusewire.reconciliation.check-every", "1s"),
                Map.of("JAVA_TOOL_OPTIONS", GatewayThreads.option(port)));
        context.allowDuplicates(Integer.MAX_VALUE);
        context.send(context.mix::event, Integer.MAX_VALUE, 1, 1_000, QUIET_RATE);
        List<String> told = new ArrayList<>();
        try (GatewayThreads threads = GatewayThreads.attach(port)) {
            for (ThreadReference thread : chosen(context, threads)) {
                if (hang(context, gateway, thread)) {
                    told.add(thread.name());
                }
            }
            for (ThreadReference thread : threads.working()) {
                threads.kill(thread, "java.lang.NullPointerException");
                expectWorking(context, gateway, thread.name() + " was killed");
            }
            context.figure(told.size() + " told by liveness: " + String.join(", ", told));
            endsWithoutMemory(context, gateway, threads);
        }
        gateway.start();
        context.sender().enough();
    }

    /** In short those that differ most. */
    private static List<ThreadReference> chosen(ScenarioContext context, GatewayThreads threads) {
        return threads.working().stream()
                .filter(thread -> !context.options.isShort() || thread.name().contains("fusewire-events"))
                .toList();
    }

    /** True where liveness told it. */
    private static boolean hang(ScenarioContext context, GatewayProcess gateway, ThreadReference thread)
            throws Exception {
        int before = context.history.slackMessages();
        thread.suspend();
        boolean told;
        try {
            told = Waiting.within(TOLD_SECONDS, () -> !gateway.isLive());
            expect(
                    told || context.history.slackMessages() > before + TOLD_SECONDS,
                    thread.name() + " hangs, the work stands, and health says that all is well");
        } finally {
            thread.resume();
        }
        System.out.println("  parts: " + thread.name() + (told ? " was told" : ": the work went on"));
        expectWorking(context, gateway, thread.name() + " had hung");
        return told;
    }

    private static void expectWorking(ScenarioContext context, GatewayProcess gateway, String after) throws Exception {
        if (!Waiting.within(TOLD_SECONDS, () -> !gateway.isRunning() || gateway.isLive())) {
            throw new IllegalStateException("liveness stays down after " + after);
        }
        if (!gateway.isRunning()) {
            gateway.start();
        }
        int before = context.history.slackMessages();
        Waiting.until("alerts go on after " + after, TOLD_SECONDS, () -> context.history.slackMessages() > before + 20);
    }

    private static void endsWithoutMemory(ScenarioContext context, GatewayProcess gateway, GatewayThreads threads)
            throws Exception {
        ThreadReference rules = threads.working().stream()
                .filter(thread -> thread.name().contains("fusewire-events"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no thread runs the rules"));
        threads.kill(rules, "java.lang.OutOfMemoryError");
        Waiting.until("the process has ended", TOLD_SECONDS, () -> !gateway.isRunning());
        expect(gateway.exitCode() == OUT_OF_MEMORY, "out of memory it ended with " + gateway.exitCode());
    }
}
