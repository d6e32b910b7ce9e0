package io.fusewire.harness.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The disk below a folder, as Linux counts what it did (Documentation/admin-guide/iostats.rst). */
record DiskStats(Path counts) {
    private static final int FLUSHES = 15;

    static DiskStats below(Path folder) throws IOException {
        long device = ((Number) Files.getAttribute(folder, "unix:dev")).longValue();
        long major = device >> 8 & 0xFFF;
        long minor = device & 0xFF | device >> 12 & 0xFFF00;
        return new DiskStats(Path.of("/sys/dev/block/" + major + ":" + minor + "/stat"));
    }

    /** How often it was told since the machine's start to make durable what it has; NaN where nobody counts. */
    double flushes() throws IOException {
        if (!Files.isReadable(counts)) {
            return Double.NaN;
        }
        String[] fields = Files.readString(counts).strip().split("\\s+");
        return fields.length > FLUSHES ? Double.parseDouble(fields[FLUSHES]) : Double.NaN;
    }
}
