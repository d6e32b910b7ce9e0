package io.fusewire.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Properties from files as people write them, and which place goes before which. */
class PropertySourcesTest {
    private static final String TOKEN = "fusewire.admin.token";

    @TempDir
    Path folder;

    @Test
    void a_file_is_utf_8_with_a_byte_order_mark_or_without() throws IOException {
        write("application.properties", TOKEN + " = grün\n", UTF_8);
        assertThat(settings(Map.of()).get(TOKEN)).isEqualTo("grün");
        write("application.properties", "\ufeff" + TOKEN + " = grün\n", UTF_8);
        assertThat(settings(Map.of()).get(TOKEN)).isEqualTo("grün");
    }

    @Test
    void line_ends_of_windows_tabs_and_continued_lines_are_read() throws IOException {
        write(
                "application.properties",
                "# a comment\r\n" + TOKEN + "\t=\tone\t\r\nfusewire.webhook.secrets: a,\\\r\n\t  b  \r\n! more\r\n",
                UTF_8);
        Settings settings = settings(Map.of());
        assertThat(settings.get(TOKEN)).isEqualTo("one");
        assertThat(new Secrets(settings).webhook("default")).containsExactly("a", "b");
    }

    @Test
    void another_encoding_is_refused_with_file_and_line_in_a_comment_too() throws IOException {
        for (String name : new String[] {"application.properties", "application-mine.properties"}) {
            Path file = write(name, "a = 1\n# grün\n", ISO_8859_1);
            assertThatThrownBy(() -> settings(Map.of("CAMEL_MAIN_PROFILE", "mine")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(file + ", line 2: this is not UTF-8; save the file as UTF-8.");
            Files.delete(file);
        }
    }

    @Test
    void what_stands_twice_in_a_file_is_refused() throws IOException {
        Path file = write("application.properties", TOKEN + " = one\n# in between\n" + TOKEN + ": one\n", UTF_8);
        assertThatThrownBy(() -> settings(Map.of())).hasMessage(file + " sets [" + TOKEN + "] twice; keep one.");
    }

    @Test
    void a_profile_that_there_is_not_is_refused_and_camels_own_are_there() {
        for (String profile : new String[] {"dev", "test", "prod"}) {
            settings(Map.of("CAMEL_MAIN_PROFILE", profile));
        }
        assertThatThrownBy(() -> settings(Map.of("CAMEL_MAIN_PROFILE", "prd")))
                .hasMessage("camel.main.profile: there is no " + folder.resolve("application-prd.properties") + ".");
    }

    @Test
    void a_backslash_before_a_u_is_refused_with_file_and_line() throws IOException {
        Path file = write(
                "application.properties",
                "# C:\\users\na = \\u00fc \\\\u\nfusewire.data-folder = C:\\users\\me\n",
                UTF_8);
        assertThatThrownBy(() -> settings(Map.of()))
                .hasMessage(file + ", line 3: four hexadecimal digits belong behind \\u; a backslash is \\\\.");
    }

    @Test
    void a_folder_of_that_name_is_refused() throws IOException {
        Path file = Files.createDirectory(folder.resolve("application.properties"));
        assertThatThrownBy(() -> settings(Map.of()))
                .hasMessage(file + " cannot be read; is it a file, and may this user read it?");
    }

    @Test
    void a_config_folder_that_there_is_not_is_refused_from_wherever_it_is_named() throws IOException {
        Path nowhere = folder.resolve("etc").resolve("fwwlk");
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path named : List.of(nowhere, file)) {
            String sentence =
                    "fusewire.config-folder: there is no folder " + named + ", or this user may not look into it.";
            Map<String, String> set = Map.of("fusewire.config-folder", named.toString());
            assertThatThrownBy(() -> PropertySources.of(set, Map.of())).hasMessage(sentence);
            Map<String, String> environment = Map.of("FUSEWIRE_CONFIG_FOLDER", named.toString());
            assertThatThrownBy(() -> PropertySources.of(Map.of(), environment)).hasMessage(sentence);
        }
    }

    @Test
    void the_environment_goes_before_the_profile_which_goes_before_the_plain_file() throws IOException {
        write(
                "application.properties",
                "camel.main.profile = mine\n" + TOKEN + " = plain\nrules.time-zone = UTC\n",
                UTF_8);
        write("application-mine.properties", "", UTF_8);
        PropertySources plain = sources(Map.of());
        assertThat(plain.placeOf(TOKEN)).isEqualTo("in " + folder.resolve("application.properties"));
        write("application-mine.properties", TOKEN + " = of-the-profile\n", UTF_8);
        assertThat(settings(Map.of()).get(TOKEN)).isEqualTo("of-the-profile");
        Map<String, String> environment = Map.of("FUSEWIRE_ADMIN_TOKEN", "of-the-environment");
        assertThat(settings(environment).get(TOKEN)).isEqualTo("of-the-environment");
        assertThat(sources(environment).placeOf(TOKEN)).isEqualTo("by the environment's FUSEWIRE_ADMIN_TOKEN");
        assertThat(settings(environment).get("rules.time-zone")).isEqualTo("UTC");
        assertThat(settings(environment).get("fusewire.webhook.tolerance")).isEqualTo("5m");
    }

    @Test
    void sources_and_polls_are_found_in_the_environment_whose_names_have_dashes() throws IOException {
        Path key = write("key", "\ufeffpk-lf-1\r\n", UTF_8);
        Settings settings = settings(Map.of(
                "FUSEWIRE_SOURCES_EU_PROD_SECRETS", "lf-whsec_1",
                "FUSEWIRE_POLL_SHOP_PUBLIC_KEY_FILE", key.toString(),
                "FUSEWIRE_POLL_SHOP_SECRET_KEY", "sk-lf-1"));
        Secrets secrets = new Secrets(settings);
        assertThat(settings.sources()).containsExactly("eu-prod");
        assertThat(secrets.webhook("eu-prod")).containsExactly("lf-whsec_1");
        assertThat(new PollConfig(settings, secrets).configured())
                .singleElement()
                .satisfies(poll -> assertThat(poll.name()).isEqualTo("shop"));
    }

    @Test
    void what_is_relative_is_so_to_the_config_folder_and_every_path_is_absolute() throws IOException {
        write("application.properties", "fusewire.admin.token-file = token\n", UTF_8);
        write("token", "\ufeffof-the-file\n", UTF_8);
        Settings settings = settings(Map.of());
        assertThat(settings.path("fusewire.data-folder")).isEqualTo(folder.resolve("data"));
        assertThat(settings.secret(TOKEN)).contains("of-the-file");
        Path working = Path.of("").toAbsolutePath();
        PropertySources relative = PropertySources.of(
                Map.of("fusewire.config-folder", working.relativize(folder).toString()), Map.of());
        assertThat(relative.configFolder()).isEqualTo(folder);
    }

    private PropertySources sources(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("FUSEWIRE_CONFIG_FOLDER", folder.toString());
        return PropertySources.of(Map.of(), all);
    }

    private Settings settings(Map<String, String> environment) {
        DefaultCamelContext camel = new DefaultCamelContext(false);
        sources(environment).into(camel);
        return new Settings(camel);
    }

    private Path write(String name, String text, Charset written) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(written));
    }
}
