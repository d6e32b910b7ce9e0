package io.fusewire.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fusewire.component.Steps.SendOnlyEndpoint;
import io.fusewire.error.UnexpectedResponseException;
import java.time.InstantSource;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call of Slack's Web API: {@code post} (chat.postMessage), {@code edit} (chat.update) or {@code reply} (chat.postMessage
 * into the thread of what was posted). {@code fusewire:slack-request/<call>} makes the rendered message the request that the
 * HTTP step sends; the token goes into its header and nowhere else. {@code fusewire:slack-response/<call>} reads the answer,
 * notes what was posted, and turns an error into the HTTP status that means the same, for the policies to decide by.
 */
public final class SlackCallEndpoint extends SendOnlyEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(SlackCallEndpoint.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    /** A channel's id and a message's time stamp: what Slack knows a message by, and fit to be kept. */
    private static final Pattern MESSAGE = Pattern.compile("[A-Z][A-Z0-9]{1,63} \\d{1,20}\\.\\d{1,20}");

    /** A message that Slack will never take as it is. */
    private static final Pattern REFUSED = Pattern.compile("invalid_.+|too_many_.+|.+_too_(long|large)|no_text"
            + "|markdown_text_conflict|attachment_payload_limit_exceeded|cant_broadcast_message|cannot_reply_to_message"
            + "|thread_not_found|.*thread_locked|.*non_threadable_channel");

    /** What is asked of Slack. */
    private enum Call {
        POST,
        EDIT,
        REPLY
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
        this.sinks = sinks;
        this.reject = new RejectResponse(clock);
    }

    private static Call call(String name) {
        return switch (name) {
            case "post" -> Call.POST;
            case "edit" -> Call.EDIT;
            case "reply" -> Call.REPLY;
            default -> throw new IllegalArgumentException("'" + name + "' is no call; there are post, edit, reply");
        };
    }

    @Override
    protected void process(Exchange exchange) throws Exception {
        DeliveryAttempt attempt = DeliveryAttempt.of(exchange);
        if (asks) {
            ask(attempt, exchange.getMessage());
        } else {
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

    private void read(DeliveryAttempt attempt, Exchange exchange) throws UnexpectedResponseException {
        Message answer = exchange.getMessage();
        answer.removeHeader("Authorization");
        answer.setBody(answer.getBody(String.class));
        boolean heard = answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class) == OK;
        JsonNode said = heard ? tree(answer.getBody(String.class)) : MissingNode.getInstance();
        if (said.path("ok").booleanValue()) {
            note(attempt, said);
            exchange.setProperty("reference", attempt.reference().orElse(null));
            answer.removeHeaders("*", "CamelRedeliver*");
            return;
        }
        if (said.path("error").isTextual()) {
            answer.setHeader(
                    Exchange.HTTP_RESPONSE_CODE, status(said.path("error").textValue()));
            answer.setBody(words(said));
        }
        reject.process(exchange);
    }

    /** Of a post alone: an edit changes no name, and a reply is not the message that is edited. */
    private void note(DeliveryAttempt attempt, JsonNode said) {
        String message = said.path("channel").asText() + " " + said.path("ts").asText();
        if (call == Call.POST) {
            attempt.refer(MESSAGE.matcher(message).matches() ? message : null);
        }
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            LOG.debug("Slack's answer is no JSON: {}", e.getClass().getSimpleName());
            return MissingNode.getInstance();
        }
    }

    /** The status that means what the error says; {@link #OK} of one that may pass, or that nobody knows. */
    private static int status(String error) {
        return switch (error) {
            case "ratelimited", "rate_limited", "message_limit_exceeded" -> 429;
            case "not_authed", "invalid_auth", "account_inactive", "token_expired", "token_revoked" -> 401;
            case "channel_not_found", "team_not_found" -> 404;
            case "is_archived", "is_inactive" -> 410;
            case "message_not_found", "cant_update_message", "edit_window_closed", "block_mismatch" -> 409;
            case "not_in_channel",
                    "missing_scope",
                    "no_permission",
                    "access_denied",
                    "accesslimited",
                    "ekm_access_denied",
                    "enterprise_is_restricted",
                    "messages_tab_disabled",
                    "not_allowed_token_type",
                    "org_login_required",
                    "restricted_action",
                    "restricted_action_read_only_channel",
                    "restricted_action_thread_only_channel",
                    "team_access_not_granted",
                    "two_factor_setup_required" -> 403;
            default -> REFUSED.matcher(error).matches() ? 400 : OK;
        };
    }

    /** The error, the permission that lacks, and what is wrong with the message. */
    private static String words(JsonNode said) {
        StringJoiner words = new StringJoiner(" ").add(said.path("error").textValue());
        if (said.has("needed")) {
            words.add("(needed: " + said.path("needed").asText() + ")");
        }
        said.at("/response_metadata/messages").forEach(message -> words.add(message.asText()));
        return words.toString();
    }

    /** Where Slack's Web API is; for {@code slack-request}. */
    public void setApiUrl(String apiUrl) {
        this.apiUrl = apiUrl.replaceFirst("/+$", "");
    }
}
