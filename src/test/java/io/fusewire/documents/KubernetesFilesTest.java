package io.fusewire.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** examples/deploy/kubernetes, read as Kubernetes would, and held against what the gateway has. */
class KubernetesFilesTest {
    private static final Path FILE = Path.of("examples/deploy/kubernetes/fusewire.yaml");

    @Test
    void every_field_is_one_that_kubernetes_knows() throws IOException {
        List<String> kinds = new ArrayList<>();
        for (JsonObject document : documents()) {
            validate(document);
            kinds.add(document.get("kind").getAsString());
        }
        assertThat(kinds)
                .containsExactlyInAnyOrder("ConfigMap", "Deployment", "Service", "Service", "PodDisruptionBudget");
    }

    @Test
    void a_misspelt_field_would_be_found() throws IOException {
        JsonObject deployment = only("Deployment");
        container(deployment).add("readynessProbe", new JsonObject());
        assertThatThrownBy(() -> validate(deployment)).hasMessageContaining("readynessProbe");
    }

    @Test
    void a_pod_has_longer_to_end_than_the_gateway_takes() throws IOException {
        Properties gateway = new Properties();
        gateway.load(Files.newBufferedReader(Path.of("application.properties")));
        gateway.load(new StringReader(only("ConfigMap")
                .getAsJsonObject("data")
                .get("application.properties")
                .getAsString()));
        int unready = Integer.parseInt(
                gateway.getProperty("fusewire.stop.unready-for").replace("s", ""));
        int shutdown = Integer.parseInt(gateway.getProperty("camel.main.shutdown-timeout"));
        assertThat(pod(only("Deployment")).get("terminationGracePeriodSeconds").getAsInt())
                .isGreaterThan(unready + shutdown);
        JsonObject readiness = container(only("Deployment")).getAsJsonObject("readinessProbe");
        assertThat(readiness.get("periodSeconds").getAsInt()
                        * readiness.get("failureThreshold").getAsInt())
                .as("Kubernetes notices the end while the gateway still serves")
                .isLessThan(unready);
    }

    private static void validate(JsonObject document) throws IOException {
        switch (document.get("kind").getAsString()) {
            case "ConfigMap" -> V1ConfigMap.validateJsonElement(document);
            case "Deployment" -> V1Deployment.validateJsonElement(document);
            case "Service" -> V1Service.validateJsonElement(document);
            case "PodDisruptionBudget" -> V1PodDisruptionBudget.validateJsonElement(document);
            default -> throw new AssertionError("no test for " + document);
        }
    }

    private static JsonObject pod(JsonObject deployment) {
        return deployment.getAsJsonObject("spec").getAsJsonObject("template").getAsJsonObject("spec");
    }

    private static JsonObject container(JsonObject deployment) {
        return pod(deployment).getAsJsonArray("containers").get(0).getAsJsonObject();
    }

    private static JsonObject only(String kind) throws IOException {
        return documents().stream()
                .filter(document -> document.get("kind").getAsString().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonObject> documents() throws IOException {
        Iterable<Object> documents = new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(FILE));
        return StreamSupport.stream(documents.spliterator(), false)
                .map(new Gson()::toJsonTree)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }
}
