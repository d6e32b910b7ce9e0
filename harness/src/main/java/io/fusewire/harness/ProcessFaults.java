package io.fusewire.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What happens to processes: they are killed, paused, stopped and started again. */
final class ProcessFaults {
    /** Workers of a sink: as many deliveries can be in flight when a gateway is killed. */
    static final int IN_FLIGHT = 3;

    /** Posts a second through the load balancer. */
    private static final int BALANCED_RATE = 100;

    private ProcessFaults() {}

    static void kills(ScenarioContext context) throws Exception {
        killing(context, Map.of(), context.options.of(20, 3));
    }

    /** A gateway that answers before it stores: killed, it loses events, and the history must show which. */
    static void selfCheck(ScenarioContext context) throws Exception {
        context.mustLose();
        String broken = context.options.repository().resolve("harness/broken").toString();
        killing(context, Map.of("fusewire.config-folder", broken), 3);
    }

    private static void killing(ScenarioContext context, Map<String, String> properties, int kills) throws Exception {
        GatewayProcess gateway = context.gateway(properties);
        context.send();
        for (int kill = 0; kill < kills; kill++) {
            Waiting.pause(0.2 + context.random.nextDouble());
            gateway.kill();
            context.allowDuplicates(IN_FLIGHT);
            gateway.start();
        }
        context.figure(kills + " kills");
    }

    static void threeGateways(ScenarioContext context) throws Exception {
        List<GatewayProcess> three = three(context, Map.of());
        context.send();
        context.awaitSent(0.2);
        three.get(0).kill();
        context.awaitSent(0.4);
        three.get(1).pause();
        Waiting.pause(context.options.of(60, 10));
        three.get(1).resume();
        context.allowDuplicates(2 * IN_FLIGHT);
    }

    static void rollingRestart(ScenarioContext context) throws Exception {
        // What a restart leaves unanswered is looked for, not what is answered 503 since this machine is slow.
        List<GatewayProcess> three = three(context, Map.of("fusewire.store.commit-timeout", "4500ms"));
        context.send(context.mix::event, Integer.MAX_VALUE, 1, 2, context.options.of(1_000, 50));
        for (GatewayProcess gateway : three) {
            orderly(gateway);
            gateway.start();
            // Whom this one turned away while it was closed tries another, which must not close before.
            context.sender().awaitInFlight();
        }
        context.sender().enough();
        Waiting.until("all is sent", 300, context.sender()::isDone);
        expectAllAnswered(context);
    }

    static void sigterm(ScenarioContext context) throws Exception {
        GatewayProcess gateway = context.gateway(Map.of());
        context.send();
        for (double share : new double[] {0.3, 0.6}) {
            context.awaitSent(share);
            long began = System.nanoTime();
            orderly(gateway);
            context.figure("stopped in %.1f s".formatted((System.nanoTime() - began) / 1e9));
            gateway.start();
        }
    }

    /** The sender repeats nothing, and knows the load balancer alone. */
    static void balancer(ScenarioContext context) throws Exception {
        Shell.installed("haproxy");
        // What a restart leaves unanswered is looked for, not what is answered late since this machine is slow.
        List<GatewayProcess> three =
                three(context, Map.of("fusewire.stop.unready-for", "10s", "fusewire.store.commit-timeout", "20s"));
        HaProxy balancer = new HaProxy(context.folder("haproxy"), three);
        context.atEnd(balancer::close);
        context.sendOnce(balancer.webhookUrl(), BALANCED_RATE, Duration.ofSeconds(30));
        for (GatewayProcess gateway : three) {
            double before = gateway.accepted();
            Waiting.until("it is given events", 60, () -> gateway.accepted() > before);
            orderly(gateway);
            gateway.start();
        }
        context.sender().enough();
        Waiting.until("all is sent", 300, context.sender()::isDone);
        expectAllAnswered(context);
    }

    private static void expectAllAnswered(ScenarioContext context) {
        expect(
                context.history.unanswered().isEmpty(),
                context.history.unanswered().size() + " requests unanswered: " + context.history.unanswered());
    }

    private static List<GatewayProcess> three(ScenarioContext context, Map<String, String> properties)
            throws Exception {
        List<GatewayProcess> three = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            three.add(context.gateway(properties));
        }
        return three;
    }

    private static void orderly(GatewayProcess gateway) throws InterruptedException {
        int exit = gateway.terminate();
        expect(exit == 0, "SIGTERM ended with exit code " + exit);
    }

    static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
