package io.fusewire.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardWebhookTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** The first is of the Standard Webhooks libraries' tests, the second of Svix's documentation. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw|msg_p5jXN8AQM9LWM0D4loKWxJek|1614265330|{\"test\": 2432232314}"
                        + "|v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "whsec_plJ3nmyCDGBKInavdOK15jsl|msg_loFOjxBNrRLzqYUf|1731705121"
                        + "|{\"event_type\":\"ping\",\"data\":{\"success\":true}}"
                        + "|v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="
            })
    void the_published_vectors_hold(String secret, String id, long at, String body, String signature) {
        assertThat(new StandardWebhook(secret).signature(id, Instant.ofEpochSecond(at), body.getBytes(UTF_8)))
                .isEqualTo(signature);
    }

    @Test
    void two_secrets_give_two_signatures() {
        assertThat(new StandardWebhook(SECRET + ", whsec_plJ3nmyCDGBKInavdOK15jsl")
                        .signature("msg_1", Instant.EPOCH, new byte[0]))
                .matches("v1,\\S{44} v1,\\S{44}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_",
                "whsec_short",
                "whsec_not*base64*at*all*",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw1"
            })
    void what_is_no_secret_is_refused_and_not_shown(String secret) {
        assertThatThrownBy(() -> new StandardWebhook(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("is no secret of Standard Webhooks: whsec_ and base64");
    }
}
