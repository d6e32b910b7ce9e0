package io.fusewire.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.component.Steps.SendOnlyEndpoint;
import io.fusewire.error.UnexpectedResponseException;
import io.fusewire.error.UnexpectedResponseException.Fault;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * A call of Slack's Web API: {@code post} (chat.postMessage), {@code edit} (chat.update) or {@code reply} (chat.postMessage
 * into the thread of what was posted). {@code fusewire:slack-request/<call>} makes the rendered message the request that the
 * HTTP step sends; the token goes into its header and nowhere else. {@code fusewire:slack-response/<call>} reads the answer,
 * notes what was posted, and turns an error into the HTTP status that means the same, for the policies to decide by;
 * {@code slack-response/webhook} reads that of an incoming webhook.
 */
public final class SlackCallEndpoint extends SendOnlyEndpoint {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TOO_FAST = 429;

    /** A channel's id and a message's time stamp: what Slack knows a message by, and fit to be kept. */
    private static final Pattern MESSAGE = Pattern.compile("[A-Z][A-Z0-9]{1,63} \\d{1,20}\\.\\d{1,20}");

    /** What is asked of Slack. */
    private enum Call {
        POST,
        EDIT,
        REPLY,
        /** An incoming webhook's answer; its request is an HTTP step's. */
        WEBHOOK
    }

    private final boolean asks;
    private final Call call;
    private final SinkRegistry sinks;
    private final RejectResponse reject;
    private String apiUrl = "https://slack.com/api";

    SlackCallEndpoint(
            String uri, Component component, boolean asks, String call, SinkRegistry sinks, InstantSource clock) {
        super(uri, component);
        this.asks = asks;
        this.call = call(call);
        if (asks && this.call == Call.WEBHOOK) {
            throw new IllegalArgumentException(
                    "a webhook's request is a step of HTTP; there is slack-response/webhook");
        }
        this.sinks = sinks;
        this.reject = new RejectResponse(clock);
    }

    private static Call call(String name) {
        return switch (name) {
            case "post" -> Call.POST;
            case "edit" -> Call.EDIT;
            case "reply" -> Call.REPLY;
            case "webhook" -> Call.WEBHOOK;
            default -> throw new IllegalArgumentException(
                    "'" + name + "' is no call; there are post, edit, reply, webhook");
        };
    }

    @Override
    protected void process(Exchange exchange) throws Exception {
        DeliveryAttempt attempt = DeliveryAttempt.of(exchange);
        if (asks) {
            ask(attempt, exchange.getMessage());
        } else if (attempt.address().isPresent()) {
            read(attempt, exchange);
        }
    }

    private void ask(DeliveryAttempt attempt, Message message) throws JsonProcessingException {
        ObjectNode body = (ObjectNode) JSON.readTree(message.getBody(String.class));
        if (call == Call.POST) {
            body.put("channel", attempt.address().orElseThrow());
        } else {
            String[] posted = attempt.reference().orElseThrow().split(" ");
            body.put("channel", posted[0]).put(call == Call.EDIT ? "ts" : "thread_ts", posted[1]);
        }
        if (call == Call.EDIT) {
            // What an edit leaves out stays as it was, and text is read otherwise than that of a post.
            List.of("blocks", "attachments").forEach(part -> body.putIfAbsent(part, JSON.createArrayNode()));
            body.put("parse", "none");
        }
        String source = attempt.delivery().event().source();
        // Camel counts its redeliveries in a header: without it they would never end.
        message.removeHeaders("*", "CamelRedeliver*");
        message.setHeader(Exchange.HTTP_URI, apiUrl + (call == Call.EDIT ? "/chat.update" : "/chat.postMessage"));
        message.setHeader(Exchange.CONTENT_TYPE, "application/json; charset=utf-8");
        message.setHeader(
                "Authorization",
                "Bearer " + sinks.sink(attempt.delivery().sink()).lookup().tokenOf(source));
        message.setBody(JSON.writeValueAsString(body));
    }

    /** What was only printed has no answer. Of answers only a success that says otherwise is none: what it took is not sent again because its words can't be read. */
    private void read(DeliveryAttempt attempt, Exchange exchange) throws UnexpectedResponseException {
        Message answer = exchange.getMessage();
        answer.removeHeader("Authorization");
        String text = RejectResponse.text(answer, Integer.MAX_VALUE);
        answer.setBody(text);
        if (answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class) / 100 != 2) {
            throw reject.of(answer, text, null);
        }
        JsonNode said = SlackWords.tree(text);
        if (SlackWords.refuses(said, text)) {
            throw refused(answer, said, text);
        }
        note(attempt, said);
        exchange.setProperty("reference", attempt.reference().orElse(null));
        answer.removeHeaders("*", "CamelRedeliver*");
    }

    /** What a webhook takes and refuses in one is asked once; a word of the Web API that is not known may pass. */
    private UnexpectedResponseException refused(Message answer, JsonNode said, String text) {
        int means = SlackWords.status(said.path("error").asText(text.strip()));
        boolean known = call == Call.WEBHOOK ? means == TOO_FAST : means != SlackWords.UNKNOWN;
        if (known) {
            answer.setHeader(Exchange.HTTP_RESPONSE_CODE, means);
        }
        Fault fault = known || call == Call.WEBHOOK ? null : Fault.PASSING;
        return reject.of(answer, SlackWords.words(said, text), fault);
    }

    /** Of a post alone: an edit changes no name, and a reply is not the message that is edited. */
    private void note(DeliveryAttempt attempt, JsonNode said) {
        String message = said.path("channel").asText() + " " + said.path("ts").asText();
        if (call == Call.POST) {
            attempt.refer(MESSAGE.matcher(message).matches() ? message : null);
        }
    }

    /** Where Slack's Web API is; for {@code slack-request}. */
    public void setApiUrl(String apiUrl) {
        this.apiUrl = apiUrl.replaceFirst("/+$", "");
    }
}
