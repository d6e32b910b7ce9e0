package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.testing.CodeBlocks;
import io.fusewire.testing.GatewayProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule is added as docs/add-a-rule.md says. */
class AddARuleDocumentIT {
    private static final String DOCUMENT = "docs/add-a-rule.md";

    @TempDir
    Path folder;

    @Test
    void the_document_adds_a_rule_with_its_cases() throws Exception {
        Path live = Files.createDirectories(folder.resolve("ruled"));
        Path jar = DocumentedJar.copyJar(live);
        List<String> yaml = CodeBlocks.of(DOCUMENT, "yaml");
        assertThat(yaml.get(0).lines()).hasSizeLessThanOrEqualTo(12);
        DocumentedJar.write(live.resolve("routes/rules/toxicity.camel.yaml"), yaml.get(0));
        Path cases = live.resolve("rules/toxicity.yaml");
        DocumentedJar.write(cases, yaml.get(1));
        assertThat(CodeBlocks.of(DOCUMENT, "shell").get(0))
                .isEqualTo("java " + DocumentedJar.DEV + " -jar fusewire.jar check");
        assertThat(GatewayProcess.run(jar, live, 0, List.of(DocumentedJar.DEV), List.of("check"))
                        .strip())
                .endsWith("\n" + CodeBlocks.of(DOCUMENT, "text").get(0));
        Files.writeString(cases, yaml.get(1).replace("reaches: [slack, teams]", "reaches: [slack]"));
        assertThat(GatewayProcess.run(jar, live, 1, List.of(DocumentedJar.DEV), List.of("check")))
                .contains("rules/toxicity.yaml, case 'a toxic score': reaches slack, teams and not slack");
        Files.writeString(cases, yaml.get(1).replace("teams: [0s opened 1, 5m", "teams: [0s opened 1, 4m"));
        assertThat(GatewayProcess.run(jar, live, 1, List.of(DocumentedJar.DEV), List.of("check")))
                .contains("teams is told 0s opened 1, 5m developing 3, 15m40s closed 3 quiet and not");
        Files.writeString(cases, yaml.get(2));
        assertThat(GatewayProcess.run(jar, live, 0, List.of(DocumentedJar.DEV), List.of("check"))
                        .strip())
                .endsWith("\nAll 24 cases hold.");
    }

    @Test
    void the_rule_in_java_passes_the_same_cases() throws Exception {
        Path rules = Files.createDirectories(folder.resolve("routes/rules"));
        Files.writeString(
                rules.resolve("Toxicity.java"), CodeBlocks.of(DOCUMENT, "java").get(0));
        Path cases = Files.createDirectories(folder.resolve("rules")).resolve("toxicity.yaml");
        Files.writeString(cases, CodeBlocks.of(DOCUMENT, "yaml").get(1));
        assertThat(GatewayProcess.run(GatewayProcess.JAR, folder, 0, List.of(DocumentedJar.DEV), List.of("check"))
                        .strip())
                .endsWith("\n" + CodeBlocks.of(DOCUMENT, "text").get(0));
        Files.writeString(cases, Files.readString(cases).replace("value: 0.6", "value: 0.9"));
        assertThat(GatewayProcess.run(GatewayProcess.JAR, folder, 1, List.of(DocumentedJar.DEV), List.of("check")))
                .contains("case 'a mild score': fires toxicity and not nothing");
    }
}
