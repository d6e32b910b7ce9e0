package io.fusewire.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What happens to processes: they are killed, paused, stopped and started again. */
final class Crashes {
    /** Workers of a sink: as many deliveries can be in flight when a gateway is killed. */
    static final int IN_FLIGHT = 3;

    private Crashes() {}

    static void kills(Stage stage) throws Exception {
        killing(stage, Map.of(), stage.settings.of(20, 3));
    }

    /** A gateway that answers before it stores: killed, it loses events, and the ledgers must show which. */
    static void selfCheck(Stage stage) throws Exception {
        stage.mustLose();
        String broken = stage.settings.repository().resolve("harness/broken").toString();
        killing(stage, Map.of("fusewire.config-folder", broken), 3);
    }

    private static void killing(Stage stage, Map<String, String> properties, int kills) throws Exception {
        Gateway gateway = stage.gateway(properties);
        stage.send();
        for (int kill = 0; kill < kills; kill++) {
            Waiting.pause(0.2 + stage.random.nextDouble());
            gateway.kill();
            stage.mayDouble(IN_FLIGHT);
            gateway.start();
        }
        stage.figure(kills + " kills");
    }

    static void threeGateways(Stage stage) throws Exception {
        List<Gateway> three = three(stage);
        stage.send();
        stage.awaitSent(0.2);
        three.get(0).kill();
        stage.awaitSent(0.4);
        three.get(1).pause();
        Waiting.pause(stage.settings.of(60, 10));
        three.get(1).resume();
        stage.mayDouble(2 * IN_FLIGHT);
    }

    static void rollingRestart(Stage stage) throws Exception {
        List<Gateway> three = three(stage);
        stage.send(stage.mix::event, Integer.MAX_VALUE, 1, 2, stage.settings.of(1_000, 100));
        for (Gateway gateway : three) {
            orderly(gateway);
            gateway.start();
            // Whom this one turned away while it was closed tries another, which must not close before.
            stage.sender().awaitInFlight();
        }
        stage.awaitSent(1);
        stage.sender().enough();
        Waiting.until("all is sent", 300, stage.sender()::isDone);
        expect(
                stage.ledger.unanswered().isEmpty(),
                stage.ledger.unanswered().size() + " requests unanswered: " + stage.ledger.unanswered());
    }

    static void sigterm(Stage stage) throws Exception {
        Gateway gateway = stage.gateway(Map.of());
        stage.send();
        for (double share : new double[] {0.3, 0.6}) {
            stage.awaitSent(share);
            long began = System.nanoTime();
            orderly(gateway);
            stage.figure("stopped in %.1f s".formatted((System.nanoTime() - began) / 1e9));
            gateway.start();
        }
    }

    static void databaseStop(Stage stage) throws Exception {
        Gateway gateway = stage.gateway(Map.of());
        stage.send();
        stage.awaitSent(0.3);
        int before = stage.ledger.outcomes("200");
        stage.postgres.stopImmediately();
        Waiting.until("readiness is down", 30, () -> !gateway.isReady());
        Waiting.pause(stage.settings.of(30, 3));
        Waiting.until("something is answered 503", 30, () -> stage.ledger.outcomes("503") > 0);
        stage.postgres.start();
        Waiting.until("readiness is back by itself", 120, gateway::isReady);
        stage.figure(before + " answered before, " + stage.ledger.outcomes("503") + " x 503");
    }

    private static List<Gateway> three(Stage stage) throws Exception {
        List<Gateway> three = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            three.add(stage.gateway(Map.of()));
        }
        return three;
    }

    private static void orderly(Gateway gateway) throws InterruptedException {
        int exit = gateway.terminate();
        expect(exit == 0, "SIGTERM ended with exit code " + exit);
    }

    static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
