package io.fusewire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store is tried without a trace, whether or not a gateway has it. */
class StoreProbeTest {
    @TempDir
    Path folder;

    @Test
    void a_store_that_is_not_there_yet_is_not_made() {
        Path data = folder.resolve("not/yet");
        assertThatCode(() -> StoreProbe.embedded(data)).doesNotThrowAnyException();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_store_that_a_gateway_uses_is_fine() {
        try (Store used = Store.embedded(folder, InstantSource.system(), Duration.ofSeconds(5))) {
            assertThat(used).isNotNull();
            assertThatCode(() -> StoreProbe.embedded(folder)).doesNotThrowAnyException();
        }
    }

    @Test
    void what_is_no_store_is_named_and_left_as_it_is() throws IOException {
        Path file = Files.writeString(folder.resolve("fusewire.db"), "x".repeat(5_000));
        assertThatThrownBy(() -> StoreProbe.embedded(folder))
                .hasMessage(
                        "fusewire.data-folder: " + file + " is no SQLite file; move it away, or name another folder");
        assertThat(file).hasSize(5_000);
    }

    @Test
    void a_file_where_the_folder_should_be_is_named() throws IOException {
        Path data = Files.createFile(folder.resolve("file")).resolve("data");
        assertThatThrownBy(() -> StoreProbe.embedded(data))
                .hasMessage("fusewire.data-folder: cannot write to " + data
                        + "; name a folder that this user may write to");
    }

    @Test
    void a_store_that_cannot_be_looked_at_is_told_from_one_that_is_not_there() throws IOException {
        assertThatThrownBy(() -> Store.look(folder, InstantSource.system()))
                .hasMessage("fusewire.data-folder: there is no store in " + folder);
        Path endless = Files.createSymbolicLink(folder.resolve("endless"), folder.resolve("endless"));
        assertThatThrownBy(() -> Store.look(endless, InstantSource.system()))
                .hasMessage("fusewire.data-folder: cannot look into " + endless
                        + " (FileSystemException); be the user who runs the gateway");
    }

    @Test
    void a_server_that_does_not_answer_is_named_at_once() {
        assertThatThrownBy(() -> StoreProbe.shared(
                        new PostgresLocation("jdbc:postgresql://localhost:1/fusewire", "me", "secret")))
                .hasMessage("fusewire.store.url: no PostgreSQL answers at localhost:1/fusewire");
    }
}
