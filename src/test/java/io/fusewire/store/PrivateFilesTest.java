package io.fusewire.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.store.Inbox.NewEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store is its owner's alone. */
@DisabledOnOs(OS.WINDOWS)
class PrivateFilesTest {
    @TempDir
    Path parent;

    @Test
    void a_new_store_is_its_owners_alone_while_it_is_written() throws IOException {
        Path folder = parent.resolve("new/data");
        try (Store store = open(folder)) {
            keep(store, "one");
            assertThat(modes(folder))
                    .containsKeys("fusewire.db", "fusewire.db-wal", "fusewire.db-shm", "fusewire.lock")
                    .allSatisfy((file, mode) -> assertThat(mode).as(file).isEqualTo("rw-------"));
        }
        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(mode(parent.resolve("new"))).as("not ours").isNotEqualTo("rwx------");
    }

    @Test
    void a_store_that_was_open_to_others_is_closed_to_them_where_it_lies() throws IOException {
        Path folder = parent.resolve("data");
        open(folder).close();
        open(folder, "rwxr-xr-x", "rw-r--r--");
        try (Store store = open(folder)) {
            keep(store, "one");
            assertThat(modes(folder))
                    .allSatisfy((file, mode) -> assertThat(mode).as(file).isEqualTo("rw-------"));
            assertThat(mode(folder)).isEqualTo("rwx------");
        }
    }

    @Test
    void a_folder_that_holds_other_things_stays_as_it_is_and_so_do_they() throws IOException {
        Path folder = parent.resolve("home");
        open(folder).close();
        Files.writeString(folder.resolve("notes"), "somebody's");
        open(folder, "rwxr-xr-x", "rw-r--r--");
        open(folder).close();
        assertThat(mode(folder)).isEqualTo("rwxr-xr-x");
        assertThat(modes(folder)).containsEntry("notes", "rw-r--r--").containsEntry("fusewire.db", "rw-------");
    }

    private static Store open(Path folder) {
        return Store.embedded(folder, InstantSource.system(), Duration.ofSeconds(1));
    }

    private static void keep(Store store, String key) {
        store.keep(new NewEvent(key, "default", "t", "{}".getBytes(UTF_8))).join();
    }

    private static void open(Path folder, String ofFolder, String ofFiles) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(ofFiles));
            }
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(ofFolder));
    }

    private static Map<String, String> modes(Path folder) throws IOException {
        Map<String, String> modes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                modes.put(file.getFileName().toString(), mode(file));
            }
        }
        return modes;
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
