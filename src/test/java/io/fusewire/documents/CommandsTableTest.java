package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.cli.Commands;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of commands in docs/operating.md and what help says are the same. */
class CommandsTableTest {
    private static final Pattern LISTED = Pattern.compile("(?m)^ {2}([a-z-]+) {2,}[A-Z]");
    private static final Pattern PAGE =
            Pattern.compile("^Usage: java -jar fusewire.jar (.*) \\[OPTIONS\\](.*)\\n\\n((?:.+\\n)+)");

    @Test
    void every_command_stands_in_the_table_as_help_describes_it_and_no_other_does() throws Exception {
        List<String> rows = new ArrayList<>();
        for (String command : listed(help())) {
            rows.add(row(help(command)));
            for (String below : listed(help(command))) {
                rows.add(row(help(command, below)));
            }
        }
        String document = Files.readString(Path.of("docs/operating.md"));
        String section = document.substring(document.indexOf("\n## Commands\n"), document.indexOf("\n## Properties\n"));
        assertThat(rows).hasSizeGreaterThan(12);
        assertThat(section.lines().filter(line -> line.startsWith("| `"))).containsExactlyElementsOf(rows);
    }

    private static String row(String page) {
        Matcher parts = PAGE.matcher(page);
        assertThat(parts.find()).as(page).isTrue();
        return "| `" + parts.group(1) + parts.group(2) + "` | "
                + parts.group(3).strip().replace("\n", " ") + " |";
    }

    private static List<String> listed(String page) {
        return LISTED.matcher(page).results().map(command -> command.group(1)).toList();
    }

    private static String help(String... words) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        List<String> line = new ArrayList<>(List.of("help"));
        line.addAll(List.of(words));
        assertThat(Commands.all(out, out).execute(line.toArray(String[]::new))).isZero();
        return printed.toString(StandardCharsets.UTF_8);
    }
}
