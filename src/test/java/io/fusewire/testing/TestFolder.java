package io.fusewire.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.util.FileUtil;

/** The folder of an extension: made when it is first asked for, and gone when it is closed. */
public final class TestFolder implements AutoCloseable {
    private Path path;

    public synchronized Path path() {
        try {
            path = path == null ? Files.createTempDirectory("fusewire-test") : path;
            return path;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a file, and the folders that it needs. */
    public Path write(String file, String text) {
        try {
            Path target = path().resolve(file);
            Files.createDirectories(target.getParent());
            return Files.writeString(target, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() {
        if (path != null) {
            FileUtil.removeDir(path.toFile());
            path = null;
        }
    }
}
