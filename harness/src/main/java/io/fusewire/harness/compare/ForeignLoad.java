package io.fusewire.harness.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What the machine's processors did for nobody who takes part, since a moment: others' work disturbs a measurement. */
final class ForeignLoad {
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int STEAL = 7;
    private static final double TICKS = 100;

    /** Seconds of all processors together. */
    private record Machine(double all, double busy) {
        /** Linux's own accounts: proc(5), /proc/stat. Time that the host took is others'. */
        static Machine now() throws IOException {
            String line = Files.readAllLines(Path.of("/proc/stat")).get(0);
            double[] ticks = Arrays.stream(
                            line.substring("cpu".length()).strip().split("\\s+"))
                    .limit(STEAL + 1)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            double all = Arrays.stream(ticks).sum();
            return new Machine(all / TICKS, (all - ticks[IDLE] - ticks[IO_WAIT]) / TICKS);
        }
    }

    private final SystemUnderTest system;
    private final Machine began = Machine.now();
    private final double used;

    /** @param system what is measured; the harness and what it has started and waited for take part too */
    ForeignLoad(SystemUnderTest system) throws IOException {
        this.system = system;
        this.used = used();
    }

    private double used() throws IOException {
        return ResourceUsage.of(system.accounted()).cpuSeconds()
                + ResourceUsage.cpuSeconds(Path.of("/proc/self"), true);
    }

    /** The share of all processors' time, 0 to 1. */
    double share() throws IOException {
        Machine ended = Machine.now();
        double foreign = ended.busy - began.busy - (used() - used);
        return Math.max(0, foreign / (ended.all - began.all));
    }
}
