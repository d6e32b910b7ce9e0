package io.fusewire.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fusewire.testing.LogLines;
import io.fusewire.testing.RawServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way out by the proxies that the environment names, and what does not take it. */
class HttpProxiesTest {
    private static final String PASSWORD = "pass@word/of:the%proxy";

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    hooks.slack.com                | https://hooks.slack.com                | -
                    slack.com                      | https://hooks.slack.com                | -
                    .slack.com                     | https://hooks.slack.com                | -
                    *.slack.com                    | https://HOOKS.Slack.com.               | -
                    SLACK.COM                      | https://slack.com                      | -
                    lack.com                       | https://hooks.slack.com                | proxy
                    hooks.slack.com.               | https://hooks.slack.com                | -
                    slack.com:443                  | https://hooks.slack.com                | -
                    slack.com:8443                 | https://hooks.slack.com                | proxy
                    slack.com:8443                 | https://hooks.slack.com:8443           | -
                    slack.com:80                   | http://hooks.slack.com                 | -
                    a.example, slack.com b.example | https://slack.com                      | -
                    *                              | https://hooks.slack.com                | -
                    10.0.0.0/8                     | https://10.1.2.3                       | -
                    10.0.0.0/8                     | https://11.1.2.3                       | proxy
                    10.0.0.0/9                     | https://10.128.0.1                     | proxy
                    10.1.2.3                       | https://10.1.2.3:8443                  | -
                    10.1.2.3:443                   | https://10.1.2.3:8443                  | proxy
                    0.0.0.0/0                      | https://10.1.2.3                       | -
                    0.0.0.0/0                      | https://hooks.slack.com                | proxy
                    10.0.0.0/33                    | https://10.1.2.3                       | proxy
                    fd00::/8                       | https://[fd12::1]                      | -
                    fd00::/8                       | https://[fe80::1]                      | proxy
                    fd12::1                        | https://[fd12:0:0:0:0:0:0:1]           | -
                    [fd12::1]:8443                 | https://[fd12::1]:8443                 | -
                    [fd12::1]:8443                 | https://[fd12::1]                      | proxy
                    -                              | https://localhost:8443                 | -
                    -                              | http://127.8.8.8                       | -
                    -                              | https://[::1]:8443                     | -
                    -                              | https://hooks.slack.com                | proxy
                    """)
    void no_proxy_holds_hosts_domains_addresses_and_networks_with_a_port_or_without(
            String without, String url, String by) throws Exception {
        environment.put("https_proxy", "http://proxy:3128");
        environment.put("http_proxy", "http://proxy:3128");
        environment.put("NO_PROXY", without);
        assertThat(of(url).map(HttpHost::getHostName)).isEqualTo(Optional.ofNullable(by));
    }

    @Test
    void each_scheme_has_its_own_and_small_letters_go_first() throws Exception {
        environment.put("HTTPS_PROXY", "http://user:pw@first.example");
        environment.put("HTTP_PROXY", "second.example:3128");
        assertThat(of("https://a.example")).contains(new HttpHost("http", "first.example", 80));
        assertThat(of("http://a.example")).contains(new HttpHost("http", "second.example", 3128));
        environment.put("https_proxy", "https://[fd12::1]:8443");
        environment.put("http_proxy", " ");
        assertThat(of("https://a.example")).contains(new HttpHost("https", "fd12::1", 8443));
        assertThat(of("http://a.example")).contains(new HttpHost("http", "second.example", 3128));
        environment.clear();
        assertThat(of("https://a.example")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://name:s3cretWord@proxy:1080",
                "http://name:s3cretWord@",
                "http://name:s3cret Word@proxy",
                "http://name:s3cretWord@proxy:70000",
                "http://name:s3cretWord@proxy:port"
            })
    void what_is_no_address_of_a_proxy_is_refused_in_a_sentence_without_it(String value) {
        environment.put("HTTPS_PROXY", value);
        assertThatIllegalArgumentException()
                .isThrownBy(this::proxies)
                .withMessageStartingWith("HTTPS_PROXY is no address of an HTTP proxy such as http://proxy.example:3128")
                .withMessageNotContaining("s3cret")
                .withNoCause();
    }

    @Test
    void what_is_no_exception_is_passed_over_with_a_word() {
        environment.put("no_proxy", "10.0.0.0/33,a.example:port,b.example/8,fine.example");
        try (LogLines log = new LogLines()) {
            proxies();
            assertThat(log.text())
                    .contains("10.0.0.0/33", "a.example:port", "b.example/8")
                    .doesNotContain("fine");
        }
    }

    @Test
    void a_request_goes_through_a_tunnel_with_the_name_that_the_proxy_asks_for() {
        String wants = "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n";
        Exchange answer = post("https://sink.example/hook", wants, "HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno");
        assertThat(asked).hasSize(2).allMatch(head -> head.startsWith("CONNECT sink.example:443 HTTP/1.1\r\n"));
        assertThat(asked.get(0)).doesNotContain("Proxy-Authorization");
        assertThat(asked.get(1)).contains("Proxy-Authorization: Basic bmFtZTpwYXNzQHdvcmQvb2Y6dGhlJXByb3h5");
        assertThat(answer.getException())
                .as("no answer of the sink's, so that nobody takes it for a revoked address")
                .hasMessage("the proxy opens no way, it answered 403")
                .hasMessageNotContaining(PASSWORD);
        assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isNull();
    }

    @Test
    void a_proxy_that_never_lets_us_in_is_no_answer_of_the_sink() {
        String wants = "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n";
        Exchange answer = post("https://sink.example/hook", wants, wants, wants);
        assertThat(answer.getException()).hasMessageContaining("407").hasMessageNotContaining(PASSWORD);
    }

    @Test
    void a_request_without_tls_is_the_proxys_to_make() {
        Exchange answer = post("http://sink.example/hook", "HTTP/1.1 202 Yes\r\nContent-Length: 2\r\n\r\nok");
        assertThat(asked).singleElement().asString().startsWith("POST http://sink.example/hook HTTP/1.1\r\n");
        assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(202);
    }

    /** To a proxy that answers so, one after another on any connection. */
    private Exchange post(String url, String... answers) {
        try (RawServer proxy = new RawServer((self, in, out) -> {
                    while (asked.size() < answers.length) {
                        String head = RawServer.head(in);
                        if (head.isEmpty()) {
                            return;
                        }
                        asked.add(head);
                        self.say(out, answers[asked.size() - 1]);
                    }
                });
                DefaultCamelContext camel = new DefaultCamelContext()) {
            String address = "http://name:pass%40word%2Fof%3Athe%25proxy@127.0.0.1:" + proxy.port();
            environment.put("HTTPS_PROXY", address);
            environment.put("HTTP_PROXY", address);
            Properties properties = new Properties();
            for (String timeout : new String[] {"connect", "so", "response", "connection-request"}) {
                properties.setProperty("camel.component.fusewire-http." + timeout + "-timeout", "10s");
            }
            camel.getPropertiesComponent().setInitialProperties(properties);
            camel.addComponent("fusewire-http", new HttpClientConfig(new Settings(camel), proxies()).client());
            camel.start();
            return camel.createProducerTemplate()
                    .send("fusewire-http:x?httpMethod=POST&throwExceptionOnFailure=false", exchange -> {
                        exchange.getMessage().setHeader(Exchange.HTTP_URI, url);
                        exchange.getMessage().setBody("x");
                    });
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<HttpHost> of(String url) throws Exception {
        return proxies().of(HttpHost.create(java.net.URI.create(url)));
    }

    private HttpProxies proxies() {
        return new HttpProxies(environment::get);
    }
}
