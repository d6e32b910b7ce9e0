package io.fusewire.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slack's words for what it refuses: as a plain text, the whole answer of an incoming webhook; as JSON, {@code
 * {"ok":false,"error":"<word>"}} of the Web API and of some receivers that speak like Slack. Stateless.
 */
final class SlackWords {
    /** Of a word that Slack is not known to say. */
    static final int UNKNOWN = 0;

    private static final Logger LOG = LoggerFactory.getLogger(SlackWords.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A word, and what may follow it: what lacks, what is wrong. */
    private static final Pattern WORD = Pattern.compile("([a-z][a-z_]{1,63})(?:\\s.*)?", Pattern.DOTALL);

    /** A message that Slack will never take as it is. */
    private static final Pattern REFUSED = Pattern.compile("invalid_.+|too_many_.+|.+_too_(long|large)|no_text"
            + "|markdown_text_conflict|attachment_payload_limit_exceeded|cant_broadcast_message|cannot_reply_to_message"
            + "|thread_not_found|.*thread_locked|.*non_threadable_channel|user_not_found");

    private SlackWords() {}

    /** The status that means what a word says; {@link #UNKNOWN} of one that may pass, or that nobody knows. */
    static int status(String word) {
        return switch (word) {
            case "ratelimited", "rate_limited", "message_limit_exceeded" -> 429;
            case "not_authed", "invalid_auth", "account_inactive", "token_expired", "token_revoked" -> 401;
            case "channel_not_found", "team_not_found", "no_service", "no_team", "no_active_hooks" -> 404;
            case "is_archived", "is_inactive", "channel_is_archived" -> 410;
            case "message_not_found", "cant_update_message", "edit_window_closed", "block_mismatch" -> 409;
            case "not_in_channel",
                    "missing_scope",
                    "no_permission",
                    "access_denied",
                    "accesslimited",
                    "action_prohibited",
                    "ekm_access_denied",
                    "enterprise_is_restricted",
                    "invalid_token",
                    "messages_tab_disabled",
                    "not_allowed_token_type",
                    "org_login_required",
                    "posting_to_general_channel_denied",
                    "restricted_action",
                    "restricted_action_read_only_channel",
                    "restricted_action_thread_only_channel",
                    "team_access_not_granted",
                    "team_disabled",
                    "two_factor_setup_required" -> 403;
            default -> REFUSED.matcher(word).matches() ? 400 : UNKNOWN;
        };
    }

    /** Whether the answer is Slack's word for an address that is revoked, gone or closed to us. */
    static boolean revokes(String answer) {
        Matcher word = WORD.matcher(answer.strip());
        int status = word.matches() ? status(word.group(1)) : UNKNOWN;
        return status > 400 && status != 409 && status != 429;
    }

    /** The answer as JSON; missing where it is none. */
    static JsonNode tree(String answer) {
        try {
            return answer.strip().startsWith("{") ? JSON.readTree(answer) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            LOG.debug("Slack's answer is no JSON: {}", e.getClass().getSimpleName());
            return MissingNode.getInstance();
        }
    }

    /** Whether an answer of a successful status says that it is none, by {@code "ok":false} or by a word that is known. */
    static boolean refuses(JsonNode said, String answer) {
        JsonNode ok = said.path("ok");
        return ok.isBoolean() && !ok.booleanValue() || status(answer.strip()) != UNKNOWN;
    }

    /** The word, the permission that lacks, and what is wrong with the message; the answer itself where it has no word. */
    static String words(JsonNode said, String answer) {
        if (!said.path("error").isTextual()) {
            return answer;
        }
        StringJoiner words = new StringJoiner(" ").add(said.path("error").textValue());
        if (said.has("needed")) {
            words.add("(needed: " + said.path("needed").asText() + ")");
        }
        said.at("/response_metadata/messages").forEach(message -> words.add(message.asText()));
        return words.toString();
    }
}
