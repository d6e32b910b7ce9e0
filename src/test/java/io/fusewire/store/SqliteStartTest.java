package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fusewire.store.Inbox.NewEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder or a file that can't be the store: one sentence that names the property and what to do; nothing is changed. */
class SqliteStartTest {
    @TempDir
    Path folder;

    @Test
    void a_file_that_is_no_database_is_refused() throws IOException {
        Files.writeString(file(), "This was somebody's diary, of more than a hundred bytes. ".repeat(10));
        refused("fusewire.data-folder: %s is no SQLite file; move it away, or name another folder");
    }

    @Test
    void a_database_whose_pages_are_damaged_is_refused() throws IOException {
        try (Store store = open()) {
            for (int i = 0; i < 50; i++) {
                keep(store, "event-" + i);
            }
        }
        try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
            byte[] rubbish = new byte[4_096];
            Arrays.fill(rubbish, (byte) 0xA5);
            for (long page = 1; page * 4_096 < raw.length(); page++) {
                raw.seek(page * 4_096);
                raw.write(rubbish);
            }
        }
        refused("fusewire.data-folder: %s is damaged; put a backup in its place, or move it away to begin anew");
    }

    @Test
    void somebody_elses_database_is_refused() {
        execute("CREATE TABLE contacts (name TEXT)");
        refused("fusewire.data-folder: %s is not Fusewire's: it holds the tables contacts; name a place of its own");
    }

    @Test
    void a_store_of_a_newer_program_is_refused() {
        execute("PRAGMA user_version = 99");
        refused("fusewire.data-folder: %s was made by a newer Fusewire (schema 99, this one knows 8);"
                + " run that one, or name another place");
    }

    @Test
    void a_store_of_an_older_program_is_refused() {
        execute("CREATE TABLE event (id INTEGER)");
        execute("PRAGMA user_version = 1");
        refused("fusewire.data-folder: %s was made by an older Fusewire (schema 1, this one knows 4 to 8);"
                + " name another place, and let the old one empty its own first");
    }

    @Test
    void a_store_that_another_gateway_is_using_is_refused() {
        try (Store store = open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(this::open)
                    .withMessage("fusewire.data-folder: another gateway is using " + folder + "; stop it, name another"
                            + " folder, or let several share a PostgreSQL by fusewire.store.url");
            assertThat(keep(store, "a")).isTrue();
        }
        open().close();
    }

    @Test
    void a_folder_that_cannot_be_made_is_refused() throws IOException {
        Files.writeString(folder.resolve("taken"), "");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Store.embedded(folder.resolve("taken/data"), InstantSource.system(), Duration.ofSeconds(1)))
                .withMessageStartingWith("fusewire.data-folder: cannot write to " + folder.resolve("taken/data"))
                .withMessageEndingWith("name a folder that this user may write to");
    }

    @Test
    void a_file_that_cannot_be_opened_is_refused() throws IOException {
        Files.createDirectory(file());
        refused("fusewire.data-folder: %s cannot be written; this user must own it");
    }

    /** A disk may take seconds for a commit while others write to it. */
    @Test
    void a_start_waits_for_its_first_commit_longer_than_a_webhook_would() {
        open().close();
        Store.embedded(folder, InstantSource.system(), Duration.ZERO).close();
    }

    private void refused(String sentence) {
        int before = bytes();
        assertThatIllegalArgumentException().isThrownBy(this::open).withMessage(sentence.formatted(file()));
        assertThat(bytes()).isEqualTo(before);
    }

    private int bytes() {
        try {
            return Files.isDirectory(file()) ? 0 : Arrays.hashCode(Files.readAllBytes(file()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Store open() {
        return Store.embedded(folder, InstantSource.system(), Duration.ofSeconds(1));
    }

    private static boolean keep(Store store, String key) {
        NewEvent event = new NewEvent(key, "default", "trace.updated", new byte[100]);
        return WriteStrategy.await(store.keep(event)).isNew();
    }

    private Path file() {
        return folder.resolve(SqliteOpener.NAME);
    }

    private void execute(String statement) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
