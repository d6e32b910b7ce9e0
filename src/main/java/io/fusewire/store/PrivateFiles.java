package io.fusewire.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the embedded store to its owner, where the file system knows owners: events lie in it as they came. */
final class PrivateFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFiles.class);
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");
    private static final String OURS = "fusewire.";

    private PrivateFiles() {}

    /** Makes the folder for its owner alone. One that is there is closed to others if it holds nothing but a store. */
    static void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            close(folder);
        } else if (entries(folder).stream().allMatch(PrivateFiles::isOurs)) {
            close(folder);
        }
    }

    /** Makes the database's file where there is none, so that SQLite's files beside it are for its owner alone too. */
    static void files(Path folder, String database) throws IOException {
        Path file = folder.resolve(database);
        boolean existed = Files.exists(file);
        if (!existed) {
            Files.createFile(file);
        }
        if (close(file) && existed) {
            LOG.info("{} was open to others than its owner, and is no longer.", file);
        }
        entries(folder).stream().filter(PrivateFiles::isOurs).forEach(PrivateFiles::close);
    }

    private static boolean isOurs(Path file) {
        return file.getFileName().toString().startsWith(OURS);
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    /** Takes all rights from all but the owner, who gets none by it; whether anybody had some. */
    private static boolean close(Path path) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        try {
            Set<PosixFilePermission> rights = EnumSet.copyOf(OWNERS);
            Set<PosixFilePermission> had = Files.getPosixFilePermissions(path);
            rights.retainAll(had);
            if (rights.equals(had)) {
                return false;
            }
            Files.setPosixFilePermissions(path, rights);
            return true;
        } catch (IOException e) {
            LOG.warn("{} is open to others than its owner, and this user may not change that.", path);
            return false;
        }
    }
}
