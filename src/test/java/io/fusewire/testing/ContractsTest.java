package io.fusewire.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A contract that finds nothing proves nothing: each of these must be found. */
class ContractsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{'text':''}",
                "{'text':'<!channel>'}",
                "{'text':'a & b'}",
                "{'text':'a &am'}",
                "{'text':'<https://a.example'}",
                "{'text':'\\ud83d'}",
                "{'text':'\\u0000'}",
                "{'text':'x','blocks':[]}",
                "{'text':'x','blocks':[{'type':'unheard'}]}",
                "{'text':'x','blocks':[{'type':'section'}]}",
                "{'text':'x','blocks':[{'type':'header','text':{'type':'mrkdwn','text':'x'}}]}",
                "{'text':'x','blocks':[{'type':'header','text':'x'}]}",
                "{'text':'x','blocks':[{'type':'context','elements':[]}]}",
                "{'text':'x','blocks':[{'type':'divider','block_id':'a'},{'type':'divider','block_id':'a'}]}",
                "{'text':'x','blocks':[{'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'x'},'url':'javascript:x'}]}]}"
            })
    void a_message_that_slack_would_refuse_is_found(String message) throws JsonProcessingException {
        assertThat(SlackContract.violations(json(message))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'text':'a &amp; b &lt;c&gt; <https://a.example/?a=1|page> <https://b.example>'}",
                "{'text':'x','blocks':[{'type':'divider'},{'type':'section','text':{'type':'mrkdwn','text':'😀'}}]}"
            })
    void a_message_that_slack_would_take_passes(String message) throws JsonProcessingException {
        assertThat(SlackContract.violations(json(message))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'event_action':'resolve'}",
                "{'event_action':'shout','dedup_key':'k'}",
                "{'event_action':'trigger'}",
                "{'event_action':'trigger','payload':{'summary':' ','source':'s','severity':'info'}}",
                "{'event_action':'trigger','payload':{'summary':'s','source':'s','severity':'ALERT'}}",
                "{'event_action':'trigger','payload':{'summary':'s','source':'s','severity':'info','timestamp':'soon'}}",
                "{'event_action':'trigger','payload':{'summary':'s','source':'s','severity':'info','custom_details':'x'}}",
                "{'event_action':'trigger','payload':{'summary':'s','source':'s','severity':'info'},'links':[{'href':'javascript:x'}]}"
            })
    void a_request_that_pagerduty_would_refuse_is_found(String request) throws JsonProcessingException {
        JsonNode keyed = ((ObjectNode) json(request)).put("routing_key", "k".repeat(32));
        assertThat(PagerDutyContract.violations(keyed)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'routing_key':'0123456789abcdef0123456789abcdef','event_action':'resolve','dedup_key':'k'}",
                "{'routing_key':'0123456789abcdef0123456789abcdef','event_action':'trigger','payload':{'summary':'s','source':'s','severity':'info'}}"
            })
    void a_request_that_pagerduty_would_take_passes(String request) throws JsonProcessingException {
        assertThat(PagerDutyContract.violations(json(request))).isEmpty();
    }
}
