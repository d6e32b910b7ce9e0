package io.fusewire.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.testing.RunningGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnKameletTest {
    @TempDir
    Path folder;

    @Test
    void a_kamelet_in_the_config_folder_can_be_called_like_one_of_the_jar() throws IOException {
        write(
                "kamelets/greet.kamelet.yaml",
                """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata: {name: greet}
                spec:
                  definition:
                    type: object
                    required: [whom]
                    properties: {whom: {type: string}}
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - setBody: {constant: "hello {{whom}}"}
                """);
        write(
                "routes/own.camel.yaml",
                """
                - route:
                    id: own
                    description: An HTTP route of the engineer's own.
                    from:
                      uri: platform-http:/own
                      steps:
                        - to: {id: greeting, uri: kamelet:greet, parameters: {whom: you}}
                """);
        try (RunningGateway gateway = RunningGateway.in(folder, Map.of())) {
            assertThat(gateway.send(gateway.request("/own").GET()).body()).isEqualTo("hello you");
        }
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }
}
