package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.testing.CodeBlocks;
import io.fusewire.testing.GatewayProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule of docs/add-a-rule.md in Java passes the cases of the one in YAML. */
class AddARuleIT {
    private static final String DOCUMENT = "docs/add-a-rule.md";

    @TempDir
    Path folder;

    @Test
    void passes_the_documented_cases_in_java() throws Exception {
        Path rules = Files.createDirectories(folder.resolve("routes/rules"));
        Files.writeString(
                rules.resolve("Toxicity.java"), CodeBlocks.of(DOCUMENT, "java").get(0));
        Path cases = Files.createDirectories(folder.resolve("rules")).resolve("toxicity.yaml");
        Files.writeString(cases, CodeBlocks.of(DOCUMENT, "yaml").get(1));
        assertThat(GatewayProcess.run(GatewayProcess.JAR, folder, 0, List.of(), List.of("check"))
                        .strip())
                .isEqualTo(CodeBlocks.of(DOCUMENT, "text").get(0));
        Files.writeString(cases, Files.readString(cases).replace("value: 0.6", "value: 0.9"));
        assertThat(GatewayProcess.run(GatewayProcess.JAR, folder, 1, List.of(), List.of("check")))
                .contains("case 'a mild score': fires toxicity and not nothing");
    }
}
