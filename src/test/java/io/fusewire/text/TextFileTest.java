package io.fusewire.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("application.properties");
    }

    @Test
    void a_text_is_utf_8_and_its_byte_order_mark_is_none_of_it() throws IOException {
        assertThat(read("\ufeffgrün\r\n\ttabs 👍", UTF_8)).isEqualTo("grün\r\n\ttabs 👍");
        assertThat(read("within \ufeff it stays", UTF_8)).isEqualTo("within \ufeff it stays");
        assertThat(read("", UTF_8)).isEmpty();
        assertThat(read("\ufeff", UTF_8)).isEmpty();
    }

    @Test
    void another_encoding_is_refused_with_file_and_line() {
        refused("a = 1\nb = 2\n# grün", ISO_8859_1, 3);
        refused("a = 1\r\nb = 2\r\n# grün", ISO_8859_1, 3);
        refused("a = 1\rb = 2\r# grün", ISO_8859_1, 3);
        refused("grün", ISO_8859_1, 1);
    }

    @Test
    void what_an_editor_calls_unicode_is_refused_with_and_without_its_mark() {
        refused("\ufeffa = 1", UTF_16LE, 1);
        refused("a = 1", UTF_16LE, 1);
    }

    @Test
    void a_character_that_is_cut_off_at_the_end_is_refused() throws IOException {
        Files.write(file, new byte[] {'a', '\n', (byte) 0xc3});
        assertThatThrownBy(() -> TextFile.read(file)).hasMessageContaining("line 2: this is not UTF-8");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_file_without_end_is_not_read_to_its_end() {
        assertThatThrownBy(() -> TextFile.read(Path.of("/dev/zero")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("/dev/zero is larger than 8 MiB; is it the right file?");
    }

    @Test
    void what_is_not_there_is_the_callers_to_say() {
        assertThatThrownBy(() -> TextFile.read(file)).isInstanceOf(NoSuchFileException.class);
    }

    private String read(String text, Charset written) throws IOException {
        Files.write(file, text.getBytes(written));
        return TextFile.read(file);
    }

    private void refused(String text, Charset written, int line) {
        assertThatThrownBy(() -> read(text, written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ", line " + line + ": this is not UTF-8; save the file as UTF-8.");
    }
}
