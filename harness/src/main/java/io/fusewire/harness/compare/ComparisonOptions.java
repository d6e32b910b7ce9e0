package io.fusewire.harness.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What is to be measured of whom.
 *
 * @param seconds of one measurement; the rate of rules is measured for six times as long
 * @param warm seconds at full load before the first one
 * @param errors how many of a hundred events are ERROR traces, before the usual mix
 * @param picture where a picture of the rates goes, or null
 */
record ComparisonOptions(
        List<String> measures, List<String> names, int rounds, int seconds, int warm, int errors, Path picture) {
    static final String USAGE =
            """
            usage: harness/compare [ingest] [latency] [end-to-end] [bodies] [start]
                                   [--of NAME,NAME...] [--rounds N] [--seconds N] [--warm N] [--errors PERCENT]
                                   [--picture FILE.svg]
                   names: %s, and a gateway's with -cds (an archive of its
                          classes), -NMrows (so many million events in its store), -NMiB (heap) and @JAR (of any
                          commit, with its lib folder beside it): fusewire-pg-cds@other/fusewire.jar"""
                    .formatted(String.join(" ", Systems.ALL));

    private static final List<String> DEFAULT = List.of("ingest", "latency", "end-to-end");
    private static final List<String> ALL = List.of("ingest", "latency", "end-to-end", "bodies", "start");

    /** @throws IllegalArgumentException which says how to use it */
    static ComparisonOptions of(List<String> arguments) {
        List<String> measures = new ArrayList<>();
        List<String> names = Systems.ALL;
        int rounds = 5;
        int seconds = 10;
        int warm = 60;
        int errors = 0;
        Path picture = null;
        for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
            String word = words.next();
            if (ALL.contains(word)) {
                measures.add(word);
                continue;
            }
            String value = words.hasNext() ? words.next() : "";
            switch (word) {
                case "--of" -> names = List.of(value.split(","));
                case "--rounds" -> rounds = number(value);
                case "--seconds" -> seconds = number(value);
                case "--warm" -> warm = number(value);
                case "--errors" -> errors = number(value);
                case "--picture" -> picture = Path.of(value).toAbsolutePath();
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        if (!names.stream().allMatch(Systems::isName)) {
            throw new IllegalArgumentException(USAGE);
        }
        names.stream().filter(GatewayVariant::isName).forEach(GatewayVariant::of);
        return new ComparisonOptions(
                measures.isEmpty() ? DEFAULT : measures, names, rounds, seconds, warm, errors, picture);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(USAGE, e);
        }
    }
}
