package io.fusewire.harness;

import static io.fusewire.harness.ProcessFaults.expect;

import java.util.Map;

/** What happens to the database that gateways share: it stops, its standby takes over, a pooler in front of it breaks. */
final class DatabaseFaults {
    /** Within which a gateway takes events again once the address leads to a server that takes writes; it is a busy machine. */
    private static final int GOES_ON_SECONDS = 15;

    private DatabaseFaults() {}

    static void stop(ScenarioContext context) throws Exception {
        GatewayProcess gateway = context.gateway(Map.of());
        context.send();
        context.awaitSent(0.3);
        int before = context.history.outcomes("200");
        context.postgres.stopImmediately();
        Waiting.until("readiness is down", 30, () -> !gateway.isReady());
        Waiting.pause(context.options.of(30, 3));
        Waiting.until("something is answered 503", 30, () -> context.history.outcomes("503") > 0);
        context.postgres.start();
        Waiting.until("readiness is back by itself", 120, gateway::isReady);
        context.figure(before + " answered before, " + context.history.outcomes("503") + " x 503");
    }

    /**
     * The primary takes no writes any more, and answers as before; its standby is promoted; then the address leads there.
     * Connections stay with the server that they were made to, so that the gateway itself must let go of them.
     */
    static void standby(ScenarioContext context) throws Exception {
        Postgres primary = context.postgres;
        Postgres standby = primary.standby(context.folder("standby"));
        context.atEnd(standby);
        Address address = new Address(primary.port());
        context.atEnd(address::close);
        GatewayProcess gateway = context.gateway(Map.of("fusewire.store.url", Postgres.url(address.port())));
        context.send();
        context.awaitSent(0.3);
        primary.takeNoWrites();
        Waiting.until("something is answered 503", 30, () -> context.history.outcomes("503") > 0);
        Waiting.until("readiness is down", 30, () -> !gateway.isReady());
        standby.promote();
        Waiting.pause(context.options.of(10, 2));
        int before = context.history.outcomes("200");
        address.leadTo(standby.port());
        long led = System.nanoTime();
        Waiting.until("events are taken again by itself", 120, () -> context.history.outcomes("200") > before);
        double seconds = (System.nanoTime() - led) / 1e9;
        Waiting.until("readiness is back by itself", 120, gateway::isReady);
        context.figure("taken again after %.1f s, %d x 503".formatted(seconds, context.history.outcomes("503")));
        expect(seconds < GOES_ON_SECONDS, "it went on too late: " + context.figures());
    }

    /** PgBouncer in session mode, with its defaults, is killed and started again. */
    static void pgbouncer(ScenarioContext context) throws Exception {
        PgBouncer pooler = new PgBouncer(context.folder("pgbouncer"), context.postgres);
        context.atEnd(pooler::close);
        // Both and a command, of the 20 that it has by default.
        Map<String, String> way =
                Map.of("fusewire.store.url", Postgres.url(pooler.port()), "fusewire.store.connections", "8");
        GatewayProcess one = context.gateway(way);
        GatewayProcess other = context.gateway(way);
        context.send();
        for (double share : new double[] {0.3, 0.6}) {
            context.awaitSent(share);
            pooler.kill();
            Waiting.until("readiness is down", 30, () -> !one.isReady() && !other.isReady());
            pooler.start();
            Waiting.until("readiness is back by itself", 120, () -> one.isReady() && other.isReady());
        }
        expect(
                context.postgres.schemas().equals("fusewire"),
                "tables are in " + context.postgres.schemas() + ", not in fusewire alone");
        context.figure(context.history.outcomes("503") + " x 503");
    }
}
