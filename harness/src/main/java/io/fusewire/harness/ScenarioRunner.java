package io.fusewire.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs scenarios and checks what their histories show. Thread-safe. */
final class ScenarioRunner {
    private static final int PROGRESS_SECONDS = 5;

    private final RunOptions options;

    ScenarioRunner(RunOptions options) {
        this.options = options;
    }

    Report.Part run(Scenario scenario, StoreKind store) {
        System.out.println(scenario.name() + " on " + store + ": " + scenario.promise());
        long began = System.nanoTime();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (ScenarioContext context = new ScenarioContext(options, scenario, store)) {
            clock.scheduleAtFixedRate(
                    () -> progress(scenario, context, began), PROGRESS_SECONDS, PROGRESS_SECONDS, TimeUnit.SECONDS);
            List<String> faults = new ArrayList<>();
            runSteps(scenario, context, faults);
            Verdict verdict = Verdict.of(context.history);
            check(context, verdict, faults);
            return Report.finished(scenario, context, verdict, faults, (System.nanoTime() - began) / 1e9);
        } catch (Scenario.Skipped e) {
            return Report.skipped(scenario, store, e.getMessage());
        } catch (Exception e) {
            return Report.failed(scenario, store, e);
        } finally {
            clock.shutdownNow();
        }
    }

    /** A scenario that fails is checked all the same: its history says why. */
    private static void runSteps(Scenario scenario, ScenarioContext context, List<String> faults) throws Exception {
        try {
            scenario.steps().run(context);
            context.settle();
        } catch (IllegalStateException e) {
            faults.add(e.getMessage());
        }
    }

    private static void check(ScenarioContext context, Verdict verdict, List<String> faults) throws Exception {
        History history = context.history;
        if (verdict.complete() == context.isToLose()) {
            faults.add(
                    context.isToLose()
                            ? "the loss was not noticed"
                            : verdict.lost().size() + " lost");
        }
        if (verdict.doubled() > context.allowedDuplicates() && !context.isToLose()) {
            faults.add(verdict.doubled() + " came twice, " + context.allowedDuplicates() + " were in flight");
        }
        disorder(context, verdict).stream().limit(3).forEach(incident -> faults.add("out of order: " + incident));
        history.violations().stream().limit(3).forEach(violation -> faults.add("out of policy: " + violation));
        List<GatewayProcess> running =
                context.gateways().stream().filter(GatewayProcess::isRunning).toList();
        if (running.isEmpty()) {
            faults.add("no gateway runs any more");
        } else if (!context.isToLose()) {
            context.figure(context.spread());
            verify(running.get(0), faults);
        }
    }

    /** A gateway that answers before it stores keeps no order either. */
    private static List<String> disorder(ScenarioContext context, Verdict verdict) {
        return context.isToLose() ? List.of() : verdict.disorder();
    }

    private static void verify(GatewayProcess gateway, List<String> faults) throws Exception {
        Shell.Done verified = gateway.verify();
        if (verified.exit() != 0 || !verified.printed().contains("Everything is accounted for.")) {
            faults.add("verify, exit " + verified.exit() + ": " + verified.printed());
        }
    }

    private static void progress(Scenario scenario, ScenarioContext context, long began) {
        System.out.printf(
                "  %-16s %3d s  sent %s  answered %s  at Slack %d, at PagerDuty %d%n",
                scenario.name(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                context.sender() == null ? "-" : context.sender().sent(),
                context.history.outcomes(),
                context.history.slackMessages(),
                context.history.pagerDutyEvents());
    }
}
