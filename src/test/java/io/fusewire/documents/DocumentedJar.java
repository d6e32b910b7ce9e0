package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.testing.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jar as the documents have it: copied into a folder, called by the commands that they show. */
final class DocumentedJar {
    static final String DEV = "-Dcamel.main.profile=dev";
    static final String ARRIVAL = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"";
    static final ObjectMapper JSON = new ObjectMapper();

    private DocumentedJar() {}

    /** Types a documented command of the jar. */
    static String type(String command, Path jar, Path folder) throws Exception {
        boolean dev = command.contains(DEV);
        String beginning = dev ? "java " + DEV + " -jar fusewire.jar " : "java -jar fusewire.jar ";
        assertThat(command).startsWith(beginning);
        return GatewayProcess.run(
                jar,
                folder,
                0,
                dev ? List.of(DEV) : List.of(),
                List.of(command.substring(beginning.length()).split(" ")));
    }

    /** The messages on the gateway's console, without their times of arrival. */
    static List<JsonNode> printed(GatewayProcess gateway) throws IOException {
        List<JsonNode> printed = new ArrayList<>();
        for (String line : gateway.log().lines().toList()) {
            if (line.startsWith("{")) {
                printed.add(timeless(line));
            }
        }
        return printed;
    }

    static JsonNode timeless(String json) throws IOException {
        return JSON.readTree(json.replaceAll("(· |\"received\" ?: ?\")" + ARRIVAL, "$1then\""));
    }

    static Path copyJar(Path target) throws IOException {
        Path lib = Files.createDirectories(target.resolve("lib"));
        try (var jars = Files.list(GatewayProcess.JAR.resolveSibling("lib"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, lib.resolve(jar.getFileName()));
            }
        }
        return Files.copy(GatewayProcess.JAR, target.resolve("fusewire.jar"));
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
