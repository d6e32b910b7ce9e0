package io.fusewire.harness;

import static io.fusewire.harness.Store.POSTGRESQL;
import static io.fusewire.harness.Store.SQLITE;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** All of them, in the order in which they are played: the longest of the short form first. */
final class Scenarios {
    private static final Set<Store> BOTH = EnumSet.allOf(Store.class);
    private static final Set<Store> FILE = EnumSet.of(SQLITE);
    private static final Set<Store> SERVER = EnumSet.of(POSTGRESQL);
    private static final Set<Store> NONE = EnumSet.noneOf(Store.class);

    static final List<Scenario> ALL = List.of(
            new Scenario(
                    "three-gateways", "one killed, one paused: nothing lost", SERVER, SERVER, Crashes::threeGateways),
            new Scenario("self-check", "a gateway that answers too early is noticed", FILE, FILE, Crashes::selfCheck),
            new Scenario("kills", "kill -9 at random moments loses nothing", BOTH, FILE, Crashes::kills),
            new Scenario("triples", "of three copies at once, one is acted on", BOTH, SERVER, Outside::triples),
            new Scenario("rolling-restart", "no request unanswered", SERVER, SERVER, Crashes::rollingRestart),
            new Scenario(
                    "database-stop",
                    "no 200 without durability; back by itself",
                    SERVER,
                    SERVER,
                    Crashes::databaseStop),
            new Scenario(
                    "slack-faults", "all arrives after; PagerDuty is not delayed", BOTH, FILE, Outside::slackFaults),
            new Scenario("disk-full", "no 200 without durability; the file is intact", FILE, FILE, Inside::diskFull),
            new Scenario(
                    "broken-rule", "its events are dead letters; replayed once mended", BOTH, FILE, Inside::brokenRule),
            new Scenario("clock", "a leap of the clock holds nothing up", BOTH, NONE, Inside::clock),
            new Scenario("sigterm", "exit 0, nothing answered and lost", BOTH, SERVER, Crashes::sigterm),
            new Scenario("backlog", "fresh alerts pass a backlog; nothing starves", BOTH, NONE, Outside::backlog),
            new Scenario("polled", "each row of Langfuse's API is acted on once", BOTH, NONE, Polled::play));

    private Scenarios() {}
}
