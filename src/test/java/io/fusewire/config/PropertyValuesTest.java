package io.fusewire.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a value can't be is told with the property, the place and what would be right; never a secret. */
class PropertyValuesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fusewire.delivery.pause | 5 minutes | : '5 minutes' is not a duration such as 30s or 5m",
                "fusewire.delivery.pause | 5M | : '5M' is not a duration such as 30s or 5m",
                "fusewire.delivery.pause | -5m | : '-5m' is not a duration such as 30s or 5m",
                "fusewire.delivery.pause | 99999999999d | : '99999999999d' is not a duration such as 30s or 5m",
                "fusewire.delivery.redelivery-delay | 1.5s | : '1.5s' is not a duration such as 30s or 5m",
                "fusewire.store.commit-timeout | soon | : 'soon' is not a duration such as 30s or 5m",
                "fusewire.poll.interval | 60 | : '60' is not a duration such as 30s or 5m",
                "fusewire.stop.unready-for | 10 | : '10' is not a duration such as 30s or 5m",
                "rules.resolve-after | 15 | : '15' is not a duration such as 30s or 5m, nor never",
                "rules.trace-error.group-wait | 30 | : '30' is not a duration such as 30s or 5m",
                "fusewire.retention.dead-letters | never | : 'never' is not a duration such as 30s or 5m",
                "fusewire.poll.shop.interval | 1 min | : '1 min' is not a duration such as 30s or 5m",
                "camel.component.fusewire-http.so-timeout | ten | : 'ten' is not a duration such as 30s or 5m",
                "rules.group-wait | off | : 'off' is not a duration such as 30s or 5m",
                "rules.trace-error.repeat-interval | never | : 'never' is not a duration such as 30s or 5m, nor off",
                "rules.resolve-after | off | : 'off' is not a duration such as 30s or 5m, nor never",
                "fusewire.webhook.max-body-size | 1MB | : '1MB' is not a size such as 512KiB or 1MiB",
                "fusewire.webhook.max-body-size | 9999999999GiB | : '9999999999GiB' is not a size such as 512KiB or 1MiB",
                "fusewire.webhook.max-in-flight | 0 | : '0' is not a whole number from 1 on",
                "fusewire.store.connections | -1 | : '-1' is not a whole number from 1 on",
                "fusewire.delivery.redeliveries | 99999999999 | : '99999999999' is not a whole number",
                "fusewire.webhook.accept-plain-signature | yes | : 'yes' is neither true nor false",
                "camel.server.enabled | on | : 'on' is neither true nor false",
                "sinks.slack.updates | sometimes | : 'sometimes' is neither true nor false",
                "sinks.slack.per-second | 1/s | : '1/s' is not a number such as 1 or 0.5; 0 is as fast as can be",
                "rules.low-score.below | 0,5 | : '0,5' is not a number such as 0.5",
                "rules.time-zone | Mars/Olympus | : 'Mars/Olympus' is not a time zone such as Europe/Berlin or UTC",
                "camel.server.port | 99999 | : '99999' is not a port: a number up to 65535",
                "camel.management.port | http | : 'http' is not a port: a number up to 65535",
                "sinks.email.port | abc | : 'abc' is not a port: a number from 1 to 65535",
                "sinks.email.port | 0 | : '0' is not a port: a number from 1 to 65535",
                "sinks.email.port | tcp://10.0.0.7:25 | : 'tcp://10.0.0.7:25' is not a port: a number from 1 to 65535, but"
                        + " what Kubernetes sets for a Service of that name: set enableServiceLinks: false",
                "sinks.email.host | smtp://mail.example | : 'smtp://mail.example' is not a host's name such as smtp.example.com",
                "sinks.email.protocol | SMTP | : 'SMTP' is neither smtp nor smtps",
                "sinks.email.to | ops | : 'ops' is not an address such as ops@example.com; several have commas between",
                "sinks.email.to | a@b.example; c@d.example | : 'a@b.example; c@d.example' is not an address such as"
                        + " ops@example.com; several have commas between",
                "fusewire.poll.shop.source | My Shop | : 'My Shop' is not a source's name: small letters, digits and -",
            })
    void what_is_none_of_its_kind_is_shown(String property, String value, String sentence) {
        assertThat(faults(property, value)).containsExactly(property + sentence + " (set in a test).");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sinks.slack.webhook-url | hooks.slack.com/services/T | is not an http or https URL",
                "sinks.slack.webhook-url | https://hooks.slack.com:99999/T | is not an http or https URL",
                "sinks.slack.webhook-url | https://hooks.slack.com/a b | is not an http or https URL",
                "fusewire.sources.shop.teams-webhook-url | ftp://x/y | is not an http or https URL",
                "langfuse.base-url | cloud | is not an http or https URL",
                "fusewire.store.url | postgresql://db/x | does not begin with jdbc:postgresql://; it is"
                        + " jdbc:postgresql://host:5432/database",
                "sinks.pagerduty.routing-key | key | is not a routing key of PagerDuty's: 32 letters and digits",
                "fusewire.sources.shop.pagerduty-routing-key | https://events.pagerduty.com | is not a routing key of"
                        + " PagerDuty's: 32 letters and digits",
                "sinks.slack.bot-token | 123 | is not the token of a bot of Slack's: xoxb- and more",
                "fusewire.poll.shop.public-key | sk-lf-1 | is not a public key of Langfuse's: pk-lf- and more",
                "fusewire.poll.shop.secret-key | pk-lf-1 | is not a secret key of Langfuse's: sk-lf- and more",
                "fusewire.webhook.secrets | a b | is no secret: a blank, a line's end or a character that can't be seen"
                        + " is in it; several secrets have commas between",
                "fusewire.admin.token | two words | is no token: a blank, a line's end or a character that is not ASCII is"
                        + " in it",
                "fusewire.admin.token | grün | is no token: a blank, a line's end or a character that is not ASCII is in it",
            })
    void what_may_be_secret_is_not_shown(String property, String value, String sentence) {
        assertThat(faults(property, value)).containsExactly(property + " " + sentence + " (set in a test).");
    }

    @ParameterizedTest
    @CsvSource({
        "fusewire.webhook.secrets, lf-whsec_...",
        "fusewire.webhook.secrets, lf-whsec_…",
        "fusewire.webhook.secrets, <your secret>",
        "sinks.slack.webhook-url, https://hooks.slack.com/services/...",
        "sinks.pagerduty.routing-key, ...",
        "fusewire.poll.shop.public-key, pk-lf-...",
        "fusewire.poll.shop.secret-key, sk-lf-...",
        "sinks.slack.bot-token, xoxb-...",
        "sinks.webhook.signing-secret, whsec_...",
        "fusewire.store.url, jdbc:postgresql://<host>/fusewire",
    })
    void a_placeholder_of_the_documentation_is_refused(String property, String value) {
        assertThat(faults(property, value))
                .containsExactly(property + " is the documentation's placeholder; put your own there (set in a test).");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u200b", "\ufeff", "\u0007", "\t", "\n", "\u2028"})
    void a_character_that_cannot_be_seen_is_in_no_secret_and_no_key(String unseen) {
        for (String property : List.of(
                "fusewire.webhook.secrets",
                "fusewire.sources.shop.secrets",
                "fusewire.admin.token",
                "fusewire.poll.shop.public-key",
                "fusewire.poll.shop.secret-key",
                "sinks.slack.bot-token",
                "sinks.pagerduty.routing-key",
                "sinks.slack.webhook-url")) {
            assertThat(faults(property, "x" + unseen + "y"))
                    .as(property)
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith(property + " is ");
        }
    }

    @Test
    void what_is_right_is_left_alone() {
        Settings settings = settings(Map.ofEntries(
                Map.entry("fusewire.webhook.secrets", "lf-whsec_1 , lf-whsec_2,"),
                Map.entry("fusewire.sources.shop.secrets", "pässwörter-gehen"),
                Map.entry("fusewire.store.password", "with blanks ... and <tags>"),
                Map.entry("fusewire.store.url", "jdbc:postgresql://[::1]:5432/fusewire?sslmode=require"),
                Map.entry("sinks.pagerduty.routing-key", "0123456789abcdef0123456789abcdef"),
                Map.entry("sinks.email.host", "[::1]"),
                Map.entry("sinks.email.to", "Ops <ops@example.com>, me@localhost"),
                Map.entry("sinks.slack.per-second", "0.5"),
                Map.entry("rules.repeat-interval", "off"),
                Map.entry("rules.resolve-after", "never"),
                Map.entry("rules.low-score.below", "-1.5"),
                Map.entry("camel.server.port", "0"),
                Map.entry("fusewire.webhook.max-body-size", "5000000000"),
                Map.entry("sinks.chat.anything", "at all")));
        assertThat(new PropertyValues(settings, any -> "").faults(any -> true)).isEmpty();
    }

    @Test
    void every_default_is_of_its_kind() {
        assertThat(new PropertyValues(settings(Map.of()), any -> "").faults(any -> true))
                .isEmpty();
    }

    @Test
    void a_file_with_what_is_no_secret_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "one\ntwo\n");
        assertThat(new PropertyValues(settings(Map.of("fusewire.webhook.secrets-file", file.toString())), any -> "")
                        .faults(any -> true))
                .containsExactly(
                        "fusewire.webhook.secrets is no secret: a blank, a line's end or a character that can't be"
                                + " seen is in it; several secrets have commas between (set in " + file + ").");
        Files.writeString(file, " \n");
        assertThat(new PropertyValues(settings(Map.of("sinks.slack.webhook-url-file", file.toString())), any -> "")
                        .faults(any -> true))
                .containsExactly("sinks.slack.webhook-url-file: the file " + file + " is empty.");
        Path none = folder.resolve("none");
        assertThat(new PropertyValues(settings(Map.of("fusewire.admin.token-file", none.toString())), any -> "")
                        .faults(any -> true))
                .containsExactly("fusewire.admin.token-file: cannot read the file " + none
                        + "; is it there, and may this user read it?");
    }

    @Test
    void a_value_that_asks_for_what_is_not_set_is_named() {
        assertThat(faults("fusewire.admin.token", "{{env:NO_SUCH_VARIABLE_OF_OURS}}"))
                .containsExactly(
                        "fusewire.admin.token asks for {{env:NO_SUCH_VARIABLE_OF_OURS}}, which is not set (set in"
                                + " a test).");
    }

    @Test
    void a_list_of_a_host_is_read_and_looked_at() {
        Settings settings =
                settings(Map.of("fusewire.webhook.secrets[0]", "one", "fusewire.webhook.secrets[1]", "t wo"));
        assertThat(new Secrets(settings).webhook("default")).containsExactly("one", "t wo");
        assertThat(new PropertyValues(settings, any -> "").faults(any -> true))
                .singleElement()
                .asString()
                .startsWith("fusewire.webhook.secrets is no secret");
    }

    private static List<String> faults(String property, String value) {
        return new PropertyValues(settings(Map.of(property, value)), any -> "in a test").faults(any -> true);
    }

    private static Settings settings(Map<String, String> set) {
        DefaultCamelContext camel = new DefaultCamelContext(false);
        Properties all = PropertyFile.packed("");
        all.putAll(set);
        camel.getPropertiesComponent().addPropertiesSource(PropertyLayer.first("a test", all));
        return new Settings(camel);
    }
}
