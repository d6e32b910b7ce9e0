package io.fusewire.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentPropertiesTest {

    @ParameterizedTest
    @CsvSource({
        "FUSEWIRE_WEBHOOK_SECRETS, fusewire.webhook.secrets",
        "FUSEWIRE_WEBHOOK_SECRETS_FILE, fusewire.webhook.secrets-file",
        "fusewire_webhook_secrets, fusewire.webhook.secrets",
        "fusewire.webhook.secrets, fusewire.webhook.secrets",
        "Fusewire_Webhook_Max-Body-Size, fusewire.webhook.max-body-size",
        "FUSEWIRE_SOURCES_SHOP_SECRETS, fusewire.sources.shop.secrets",
        "FUSEWIRE_SOURCES_EU_PROD_SECRETS, fusewire.sources.eu-prod.secrets",
        "FUSEWIRE_SOURCES_EU_PROD_2_SECRETS_FILE, fusewire.sources.eu-prod-2.secrets-file",
        "fusewire_sources_eu-prod_secrets, fusewire.sources.eu-prod.secrets",
        "FUSEWIRE_SOURCES_EU_PROD_SLACK_WEBHOOK_URL, fusewire.sources.eu-prod.slack-webhook-url",
        "FUSEWIRE_SOURCES_EU_WEBHOOK_URL, fusewire.sources.eu.webhook-url",
        "FUSEWIRE_POLL_SHOP_PUBLIC_KEY_FILE, fusewire.poll.shop.public-key-file",
        "FUSEWIRE_POLL_EU_PROD_SECRET_KEY, fusewire.poll.eu-prod.secret-key",
        "FUSEWIRE_POLL_EU_PROD_SWEEP_EVERY, fusewire.poll.eu-prod.sweep-every",
        "FUSEWIRE_POLL_SWEEP_EVERY, fusewire.poll.sweep-every",
        "SINKS_SLACK_WEBHOOK_URL, sinks.slack.webhook-url",
        "SINKS_CHAT_ROOM, sinks.chat.room",
        "RULES_TRACE_ERROR_UNLESS, rules.trace-error.unless",
        "CAMEL_SERVER_PORT, camel.server.port",
    })
    void a_variable_sets_the_property_that_is_written_like_it(String variable, String property) {
        EnvironmentProperties environment = read(Map.of(variable, "x"));
        assertThat(environment.properties()).isEqualTo(Map.of(property, "x"));
        assertThat(environment.variableOf(property)).isEqualTo(variable);
        assertThat(environment.unknown()).isEmpty();
        assertThat(environment.remarks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"SINKS_SLACK_WEBHOOKURL", "FUSEWIRE_SOURCES_SHOP_SECRET", "FUSEWIRE_SOURCES__SECRETS", "FUSEWIRE_PORT"})
    void one_that_sets_nothing_is_told(String variable) {
        EnvironmentProperties environment = read(Map.of(variable, "x"));
        assertThat(environment.properties()).isEmpty();
        assertThat(environment.unknown()).containsExactly(variable);
    }

    @Test
    void those_of_others_are_none_of_our_business() {
        EnvironmentProperties environment = read(Map.of("PATH", "/bin", "FUSEWIRE", "x", "MY_FUSEWIRE_HOME", "x"));
        assertThat(environment.properties()).isEmpty();
        assertThat(environment.unknown()).isEmpty();
    }

    @Test
    void what_kubernetes_sets_for_a_service_called_fusewire_is_passed_over() {
        EnvironmentProperties environment = read(Map.of(
                "FUSEWIRE_PORT", "tcp://10.0.0.1:8080",
                "FUSEWIRE_SERVICE_HOST", "10.0.0.1",
                "FUSEWIRE_SERVICE_PORT", "8080",
                "FUSEWIRE_SERVICE_PORT_WEBHOOKS", "8080",
                "FUSEWIRE_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                "FUSEWIRE_PORT_8080_TCP_ADDR", "10.0.0.1",
                "FUSEWIRE_PORT_8080_TCP_PORT", "8080",
                "FUSEWIRE_PORT_8080_TCP_PROTO", "tcp"));
        assertThat(environment.properties()).isEmpty();
        assertThat(environment.unknown()).isEmpty();
        assertThat(environment.remarks()).isEmpty();
    }

    @Test
    void a_service_whose_address_would_become_a_property_is_told_and_not_taken() {
        EnvironmentProperties environment = read(Map.of("SINKS_EMAIL_PORT", "tcp://10.0.0.7:25"));
        assertThat(environment.properties()).isEmpty();
        assertThat(environment.remarks())
                .containsExactly(
                        "The environment variable SINKS_EMAIL_PORT is not taken as sinks.email.port: Kubernetes"
                                + " sets it for a Service of that name. Set enableServiceLinks: false in the pod, or call the"
                                + " Service something else.");
        assertThat(read(Map.of("SINKS_EMAIL_PORT", "587")).properties()).isEqualTo(Map.of("sinks.email.port", "587"));
    }

    @Test
    void capitals_go_before_small_letters() {
        assertThat(read(Map.of("fusewire_admin_token", "small", "FUSEWIRE_ADMIN_TOKEN", "capital"))
                        .properties())
                .isEqualTo(Map.of("fusewire.admin.token", "capital"));
    }

    @Test
    void what_can_be_read_for_two_sources_that_there_are_is_told() {
        EnvironmentProperties environment = read(Map.of(
                "FUSEWIRE_SOURCES_EU_SLACK_SECRETS", "x", "FUSEWIRE_SOURCES_EU_SLACK_WEBHOOK_URL", "https://a.b/c"));
        assertThat(environment.properties())
                .isEqualTo(Map.of(
                        "fusewire.sources.eu-slack.secrets",
                        "x",
                        "fusewire.sources.eu.slack-webhook-url",
                        "https://a.b/c"));
        assertThat(environment.remarks())
                .containsExactly("The environment variable FUSEWIRE_SOURCES_EU_SLACK_WEBHOOK_URL is taken as"
                        + " fusewire.sources.eu.slack-webhook-url, not as fusewire.sources.eu-slack.webhook-url; set"
                        + " that one in a file.");
    }

    private static EnvironmentProperties read(Map<String, String> environment) {
        return EnvironmentProperties.of(environment, List.of("sinks.chat.room", "rules.trace-error.unless"));
    }
}
