package io.fusewire.harness;

import static io.fusewire.harness.ProcessFaults.expect;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;

/** What goes wrong on the gateway's own machine: its disk, its clock, its rules. */
final class HostFaults {
    /** So few events a second that nothing waits when the clock leaps. */
    private static final int QUIET_RATE = 250;

    /** In place of the built-in rule, so that an event that breaks it reaches no sink before the replay. */
    private static final String BROKEN =
            """
            - route:
                id: broken-on-purpose
                description: Breaks at one event of a hundred, else it is the built-in rule.
                routeConfigurationId: fusewire-one-broken-rule-stops-no-other
                from:
                  uri: fusewire:events?anySteps=true
                  steps:
                    - filter:
                        id: every-error
                        simple: ${header.type} == 'trace.updated' && ${header.level} == 'ERROR'
                        steps:
                          - filter:
                              id: one-of-a-hundred
                              simple: ${header.trace} regex '.*0[0-8]'
                              steps:
                                - throwException:
                                    id: break
                                    exceptionType: java.lang.IllegalStateException
                                    message: broken on purpose
                                - stop: {id: no-alert}
                          - to:
                              id: alert-of-the-rest
                              uri: fusewire:alert/trace-error
                              parameters: {severity: critical, sinks: "slack,pagerduty"}
            """;

    private HostFaults() {}

    /** One event of a hundred breaks a rule; the rule is mended, and the dead letters are replayed. */
    static void brokenRule(ScenarioContext context) throws Exception {
        Path config = context.folder("broken-rule");
        Path rules = Files.createDirectories(config.resolve("routes/rules"));
        Files.writeString(rules.resolve("broken.camel.yaml"), BROKEN);
        GatewayProcess gateway = context.gateway(Map.of("fusewire.config-folder", config.toString()));
        context.send();
        Waiting.until("all is sent", 300, context.sender()::isDone);
        Waiting.until("all is decided", 300, () -> gateway.metric("fusewire_events_waiting ", "") == 0);
        double broken = gateway.metric("fusewire_dead_letters", "sink=\"rules\"");
        expect(broken > 0, "no rule broke");
        gateway.terminate();
        gateway.set("fusewire.config-folder", context.folder("mended").toString());
        gateway.start();
        gateway.replay("rules");
        context.figure("%.0f dead letters replayed".formatted(broken));
    }

    /** The store's disk is filled to the last byte, and freed. */
    static void diskFull(ScenarioContext context) throws Exception {
        Path disk = context.folder("small-disk");
        Shell.Done mounted = Shell.run("mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", disk.toString());
        if (mounted.exit() != 0) {
            throw new Scenario.Skipped("this user may not mount a tmpfs");
        }
        context.atEnd(() -> Shell.run("umount", "-l", disk.toString()));
        GatewayProcess gateway = context.gateway(
                Map.of("fusewire.data-folder", disk.resolve("data").toString()));
        context.send();
        context.awaitSent(0.3);
        Path filler = disk.resolve("filler");
        fill(filler);
        Waiting.until("readiness is down", 30, () -> !gateway.isReady());
        Waiting.pause(context.options.of(15, 3));
        Waiting.until("something is answered 503", 30, () -> context.history.outcomes("503") > 0);
        Files.delete(filler);
        Waiting.until("readiness is back by itself", 120, gateway::isReady);
        context.settle();
        try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + disk.resolve("data/fusewire.db"));
                Statement check = store.createStatement();
                ResultSet row = check.executeQuery("PRAGMA integrity_check")) {
            expect(row.next() && row.getString(1).equals("ok"), "the file is damaged: " + row.getString(1));
        }
        context.figure(context.history.outcomes("503") + " x 503, integrity_check ok");
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[64 * 1_024];
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (int size = block.length; size > 0; ) {
                try {
                    out.write(block, 0, size);
                } catch (IOException full) {
                    size /= 2;
                }
            }
        }
    }

    /** A clock that is off by two minutes, then leaps four minutes back. */
    static void clock(ScenarioContext context) throws Exception {
        Path library = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");
        if (!Files.exists(library)) {
            throw new Scenario.Skipped("apt-get install faketime");
        }
        Path offset = Files.writeString(context.folder("clock").resolve("offset"), "+0");
        Map<String, String> faked = Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
        context.gateway(Map.of(), faked);
        if (context.store == StoreKind.POSTGRESQL) {
            context.gateway(Map.of());
        }
        context.send(context.mix::event, context.options.events(), 1, 1_000, QUIET_RATE);
        context.awaitSent(0.2);
        Files.writeString(offset, "+120");
        context.awaitSent(0.6);
        Files.writeString(offset, "-120");
        Waiting.until("all is sent", 300, context.sender()::isDone);
        expect(context.history.outcomes("401") == 0, "within the tolerance a signature was refused");
        expect(
                Waiting.within(45, () -> Verdict.of(context.history).complete()),
                "a leap of the clock held something up");
    }
}
