package io.fusewire.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Plays scenarios and judges them. Thread-safe. */
final class Theatre {
    private static final int PROGRESS_SECONDS = 5;

    private final Settings settings;

    Theatre(Settings settings) {
        this.settings = settings;
    }

    Report.Part play(Scenario scenario, Store store) {
        System.out.println(scenario.name() + " on " + store + ": " + scenario.promise());
        long began = System.nanoTime();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (Stage stage = new Stage(settings, scenario, store)) {
            clock.scheduleAtFixedRate(
                    () -> progress(scenario, stage, began), PROGRESS_SECONDS, PROGRESS_SECONDS, TimeUnit.SECONDS);
            List<String> faults = new ArrayList<>();
            act(scenario, stage, faults);
            Verdict verdict = Verdict.of(stage.ledger);
            judge(stage, verdict, faults);
            return Report.judged(scenario, stage, verdict, faults, (System.nanoTime() - began) / 1e9);
        } catch (Scenario.Skipped e) {
            return Report.skipped(scenario, store, e.getMessage());
        } catch (Exception e) {
            return Report.failed(scenario, store, e);
        } finally {
            clock.shutdownNow();
        }
    }

    /** A play that fails is judged all the same: the ledgers say why. */
    private static void act(Scenario scenario, Stage stage, List<String> faults) throws Exception {
        try {
            scenario.play().on(stage);
            stage.settle();
        } catch (IllegalStateException e) {
            faults.add(e.getMessage());
        }
    }

    private static void judge(Stage stage, Verdict verdict, List<String> faults) throws Exception {
        Ledger ledger = stage.ledger;
        if (verdict.complete() == stage.isToLose()) {
            faults.add(
                    stage.isToLose()
                            ? "the loss was not noticed"
                            : verdict.lost().size() + " lost");
        }
        if (verdict.doubled() > stage.mayDouble() && !stage.isToLose()) {
            faults.add(verdict.doubled() + " came twice, " + stage.mayDouble() + " were in flight");
        }
        disorder(stage, verdict).stream().limit(3).forEach(incident -> faults.add("out of order: " + incident));
        ledger.violations().stream().limit(3).forEach(violation -> faults.add("out of policy: " + violation));
        List<Gateway> running =
                stage.gateways().stream().filter(Gateway::isRunning).toList();
        if (running.isEmpty()) {
            faults.add("no gateway runs any more");
        } else if (!stage.isToLose()) {
            stage.figure(stage.spread());
            verify(running.get(0), faults);
        }
    }

    /** Who answers before it stores keeps no order either; that is no news. */
    private static List<String> disorder(Stage stage, Verdict verdict) {
        return stage.isToLose() ? List.of() : verdict.disorder();
    }

    private static void verify(Gateway gateway, List<String> faults) throws Exception {
        Shell.Done verified = gateway.verify();
        if (verified.exit() != 0 || !verified.printed().contains("The books balance.")) {
            faults.add("verify, exit " + verified.exit() + ": " + verified.printed());
        }
    }

    private static void progress(Scenario scenario, Stage stage, long began) {
        System.out.printf(
                "  %-16s %3d s  sent %s  answered %s  at Slack %d, at PagerDuty %d%n",
                scenario.name(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                stage.sender() == null ? "-" : stage.sender().sent(),
                stage.ledger.outcomes(),
                stage.ledger.slackMessages(),
                stage.ledger.pagerDutyEvents());
    }
}
