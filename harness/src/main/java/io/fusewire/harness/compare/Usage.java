package io.fusewire.harness.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What processes used, by Linux's own accounts (proc(5)).
 *
 * @param cpuSeconds user and system time
 * @param rssMiB memory in RAM now
 */
record Usage(double cpuSeconds, double rssMiB) {
    private static final double TICKS = 100;

    static Usage of(List<Long> processes) throws IOException {
        double cpu = 0;
        double memory = 0;
        for (long process : processes) {
            String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            cpu += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
            memory += Long.parseLong(fields[21]) * 4 / 1024.0;
        }
        return new Usage(cpu, memory);
    }
}
