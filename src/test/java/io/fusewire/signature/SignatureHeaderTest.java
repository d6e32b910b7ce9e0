package io.fusewire.signature;

import static io.fusewire.signature.SignatureVerifier.Verdict.MALFORMED;
import static io.fusewire.signature.SignatureVerifier.Verdict.MISMATCH;
import static io.fusewire.signature.SignatureVerifier.Verdict.MISSING;
import static io.fusewire.signature.SignatureVerifier.Verdict.VALID;
import static org.assertj.core.api.Assertions.assertThat;

import io.fusewire.signature.SignatureVerifier.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every header here holds a right signature wherever its shape leaves room for one. */
class SignatureHeaderTest {
    private static final String WRONG = "0".repeat(64);

    private final SignedBody signed = SignedBody.sample();

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "   "})
    void no_header_is_missing(String header) {
        assertThat(verdictOn(header)).isEqualTo(MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t=<t>,v1=<v1>",
                "v1=<v1>,t=<t>",
                "  t=<t> , v1=<v1>  ",
                "t=<t>,v0=x,v1=<v1>",
                "t=<t>,v1=<v1>,v2=a=b=",
                "v3=,t=<t>,v1=<v1>",
                "t=<t>,v1=<v1>,T=1"
            })
    void order_spaces_and_unknown_parts_do_no_harm(String pattern) {
        assertThat(verdictOn(signed.header(pattern))).isEqualTo(VALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t=<t>",
                "v1=<v1>",
                "t=<t>,v0=<v1>",
                "t=<t>,s=<v1>",
                "t=<t>,v1",
                "t=<t>,v1=",
                "t=,v1=<v1>",
                "t,v1=<v1>",
                "<t>,<v1>",
                "t=<t> v1=<v1>",
                "t=<t>;v1=<v1>",
                "t=<t>,,v1=<v1>",
                "t=<t>,v1=<v1>,",
                ",t=<t>,v1=<v1>",
                "t=<t>,v1=<v1>,=x",
                "t =<t>,v1=<v1>",
                "t= <t>,v1=<v1>",
                "t=<t>,v1 =<v1>",
                "t=<t>,v1= <v1>",
                "t=<t>,t=<t>,v1=<v1>",
                "t=<t>,v1=<v1>,t=1",
                "t=<t>,v1=<v1>0",
                "t=<t>,v1=0<v1>",
                "t=<t>,v1=0x<v1>",
                "t=<t>,v1=<v1>,v1=",
                "t=<t>,v1=<v1>,v1=zz",
                "t=<t>,V1=<v1>",
                "\tt=<t>,v1=<v1>",
                "t=<t>,v1=<v1>\n",
                "sha256=<v1>",
                "<v1> ",
                " <v1>",
                "<v1>0",
                "<v1>,<v1>",
                "0x<v1>",
                "garbage",
                "=",
                ",",
                "{}"
            })
    void any_other_shape_is_malformed(String pattern) {
        assertThat(verdictOn(signed.header(pattern))).isEqualTo(MALFORMED);
    }

    @Test
    void hex_is_read_in_either_case_and_in_ascii_only() {
        String hex = signed.v1();
        assertThat(verdictOn("t=" + signed.t() + ",v1=" + hex.toUpperCase())).isEqualTo(VALID);
        assertThat(verdictOn("t=" + signed.t() + ",v1=" + "\u0661".repeat(64))).isEqualTo(MALFORMED);
        String plain = Signature.plain(signed.body(), SignedBody.SECRET);
        assertThat(verdictOn(plain.toUpperCase())).isEqualTo(VALID);
        assertThat(verdictOn("\uff41".repeat(64))).isEqualTo(MALFORMED);
        assertThat(verdictOn("g".repeat(64))).isEqualTo(MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 62, 65, 66, 128})
    void hex_of_another_length_is_malformed(int length) {
        String hex = signed.v1().repeat(2).substring(0, length);
        assertThat(verdictOn("t=" + signed.t() + ",v1=" + hex)).isEqualTo(MALFORMED);
        assertThat(verdictOn(hex)).isEqualTo(MALFORMED);
    }

    @Test
    void any_of_sixteen_signatures_may_match_and_a_seventeenth_is_malformed() {
        String wrong = (",v1=" + WRONG).repeat(15);
        String right = ",v1=" + signed.v1();
        assertThat(verdictOn("t=" + signed.t() + wrong + right)).isEqualTo(VALID);
        assertThat(verdictOn("t=" + signed.t() + right + wrong)).isEqualTo(VALID);
        assertThat(verdictOn("t=" + signed.t() + wrong)).isEqualTo(MISMATCH);
        assertThat(verdictOn("t=" + signed.t() + right + wrong + right)).isEqualTo(MALFORMED);
    }

    @Test
    void a_header_may_have_4096_characters_and_no_more() {
        String header = signed.header() + ",v2=";
        String longest = header + "x".repeat(4096 - header.length());
        assertThat(verdictOn(longest)).isEqualTo(VALID);
        assertThat(verdictOn(longest + "x")).isEqualTo(MALFORMED);
    }

    private Verdict verdictOn(String header) {
        return SignedBody.verifier().verify(signed.body(), header);
    }
}
