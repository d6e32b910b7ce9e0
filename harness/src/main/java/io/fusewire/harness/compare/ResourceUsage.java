package io.fusewire.harness.compare;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What processes used, by Linux's own accounts (proc(5)).
 *
 * @param cpuSeconds user and system time, that of children which ended included
 * @param memoryMiB memory in RAM now, where processes share some each with its part
 */
record ResourceUsage(double cpuSeconds, double memoryMiB) {
    private static final double TICKS = 100;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int CHILDREN_SYSTEM_TIME = 14;

    static ResourceUsage of(List<Long> processes) throws IOException {
        ResourceUsage all = new ResourceUsage(0, 0);
        for (long process : processes) {
            try {
                all = all.plus(Path.of("/proc/" + process));
            } catch (FileSystemException e) {
                // It ended just now; its parent has its time.
            }
        }
        return all;
    }

    /**
     * Of a process, or of a thread of one.
     *
     * @param children whether that of children counts which ended and were waited for
     */
    static double cpuSeconds(Path process, boolean children) throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double ticks = 0;
        for (int i = USER_TIME; i <= (children ? CHILDREN_SYSTEM_TIME : SYSTEM_TIME); i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / TICKS;
    }

    private ResourceUsage plus(Path process) throws IOException {
        double memory = Files.readAllLines(process.resolve("smaps_rollup")).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .sum();
        return new ResourceUsage(cpuSeconds + cpuSeconds(process, true), memoryMiB + memory);
    }
}
