package io.fusewire.harness;

import static io.fusewire.harness.StoreKind.POSTGRESQL;
import static io.fusewire.harness.StoreKind.SQLITE;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** All of them, in the order in which they are run: the longest of the short form first, but not the heaviest at once. */
final class Scenarios {
    private static final Set<StoreKind> BOTH = EnumSet.allOf(StoreKind.class);
    private static final Set<StoreKind> FILE = EnumSet.of(SQLITE);
    private static final Set<StoreKind> SERVER = EnumSet.of(POSTGRESQL);
    private static final Set<StoreKind> NONE = EnumSet.noneOf(StoreKind.class);

    private static final String STORM = "100,000 errors of three causes are three incidents";

    static final List<Scenario> ALL = List.of(
            new Scenario("rolling-restart", "no request unanswered", SERVER, SERVER, ProcessFaults::rollingRestart),
            new Scenario(
                    "self-check", "a gateway that answers too early is noticed", FILE, FILE, ProcessFaults::selfCheck),
            new Scenario("kills", "kill -9 at random moments loses nothing", BOTH, FILE, ProcessFaults::kills),
            new Scenario("triples", "of three copies at once, one is acted on", BOTH, SERVER, PeerFaults::triples),
            new Scenario(
                    "three-gateways",
                    "one killed, one paused: nothing lost",
                    SERVER,
                    SERVER,
                    ProcessFaults::threeGateways),
            new Scenario(
                    "database-stop", "no 200 without durability; back by itself", SERVER, SERVER, DatabaseFaults::stop),
            new Scenario("parts", "a thread that hangs is told or replaced", BOTH, FILE, PartFaults::parts),
            new Scenario(
                    "standby",
                    "it goes on by itself once the address leads there",
                    SERVER,
                    NONE,
                    DatabaseFaults::standby),
            new Scenario("pgbouncer", "as without a pooler; back by itself", SERVER, NONE, DatabaseFaults::pgbouncer),
            new Scenario(
                    "balancer", "nothing lost behind HAProxy without a retry", SERVER, NONE, ProcessFaults::balancer),
            new Scenario(
                            "slack-faults",
                            "all arrives after; PagerDuty is not delayed",
                            BOTH,
                            FILE,
                            PeerFaults::slackFaults)
                    .runAlone(),
            new Scenario(
                    "disk-full", "no 200 without durability; the file is intact", FILE, FILE, HostFaults::diskFull),
            new Scenario(
                    "broken-rule",
                    "its events are dead letters; replayed once mended",
                    BOTH,
                    FILE,
                    HostFaults::brokenRule),
            new Scenario("clock", "a leap of the clock holds nothing up", BOTH, NONE, HostFaults::clock),
            new Scenario("sigterm", "exit 0, nothing answered and lost", BOTH, SERVER, ProcessFaults::sigterm),
            new Scenario("backlog", "fresh alerts pass a backlog; nothing starves", BOTH, NONE, PeerFaults::backlog)
                    .runAlone(),
            new Scenario(
                            "hostile",
                            "hostile senders and sinks harm nothing beside themselves",
                            BOTH,
                            FILE,
                            HostileFaults::hostile)
                    .runAlone(),
            new Scenario("polled", "each row of Langfuse's API is acted on once", BOTH, NONE, PollFaults::polled),
            new Scenario(
                            "new-causes",
                            "an incident's first message leaves at once; an alert that joins takes its row",
                            BOTH,
                            FILE,
                            NewCauses::told)
                    .runAlone(),
            new Scenario("storm", STORM, BOTH, FILE, StormFaults::ofOne).runAlone(),
            new Scenario("storm-of-two", STORM, SERVER, NONE, StormFaults::ofTwo).runAlone(),
            new Scenario("storm-of-three", STORM, SERVER, NONE, StormFaults::ofThree).runAlone());

    private Scenarios() {}
}
