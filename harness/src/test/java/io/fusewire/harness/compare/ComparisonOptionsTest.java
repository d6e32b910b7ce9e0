package io.fusewire.harness.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the words of the comparison's command line mean. */
class ComparisonOptionsTest {
    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void build() throws IOException {
        jar = Files.createFile(folder.resolve("fusewire.jar"));
        Files.createDirectory(folder.resolve("lib"));
    }

    @Test
    void a_jar_of_another_commit_is_measured_beside_this_one() {
        ComparisonOptions options = of("ingest", "--of", "fusewire,fusewire@" + jar, "--rounds", "1");
        assertThat(options.measures()).containsExactly("ingest");
        assertThat(options.names()).containsExactly("fusewire", "fusewire@" + jar);
        assertThat(options.rounds()).isEqualTo(1);
        assertThat(GatewayVariant.of("fusewire"))
                .isEqualTo(new GatewayVariant(false, false, false, 0, 1024, Optional.empty()));
        assertThat(GatewayVariant.of("fusewire@" + jar))
                .isEqualTo(new GatewayVariant(false, false, false, 0, 1024, Optional.of(jar)));
    }

    @Test
    void a_jar_comes_after_all_that_a_name_says() {
        assertThat(GatewayVariant.of("fusewire-pg-grouped-cds-10Mrows-256MiB@" + jar))
                .isEqualTo(new GatewayVariant(true, true, true, 10, 256, Optional.of(jar)));
        assertThat(GatewayVariant.isName("fusewire@" + jar + "-pg")).isTrue();
        assertThat(GatewayVariant.isName("lean@" + jar)).isFalse();
        assertThat(GatewayVariant.isName("fusewire@")).isFalse();
    }

    @Test
    void a_jar_that_is_missing_or_lacks_its_lib_folder_is_refused_before_anything_is_started() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("--of", "fusewire@" + folder.resolve("other.jar")))
                .withMessageContaining("other.jar is no jar");
        Files.delete(folder.resolve("lib"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("--of", "fusewire@" + jar))
                .withMessageContaining("lib");
    }

    @Test
    void a_word_that_is_none_is_answered_with_the_usage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("--of", "nobody"))
                .withMessage(ComparisonOptions.USAGE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("--fast", "yes"))
                .withMessage(ComparisonOptions.USAGE);
    }

    private static ComparisonOptions of(String... words) {
        return ComparisonOptions.of(List.of(words));
    }
}
