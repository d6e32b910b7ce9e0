package io.fusewire.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Slack's Web API, as far as a bot that tells of incidents needs it: chat.postMessage and chat.update over real HTTP, with
 * channels, messages by their time stamps, threads, and the errors that are published. What breaks a published rule is
 * refused as Slack does, and is a violation too. Bounded: a call of 1 MiB, 10,000 calls.
 */
public final class FakeSlackApi implements AutoCloseable {
    public static final String TOKEN = "xoxb-2147483647-tokenPartOfTheTests";
    public static final String CHANNEL = "llm-alerts";
    public static final String CHANNEL_ID = "C0LLMALERTS";
    private static final int LONGEST_CALL = 1 << 20;
    private static final int MOST_CALLS = 10_000;
    private static final int TRUNCATED = 40_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .build();
    private static final Set<String> HEADERS = Set.of(
            "accept-encoding", "authorization", "connection", "content-length", "content-type", "host", "user-agent");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, String> channels = new HashMap<>(Map.of(CHANNEL, CHANNEL_ID));
    private final Map<String, String> bots = new HashMap<>(Map.of(TOKEN, "B0FUSEWIRE"));
    private final Map<String, Posted> messages = new LinkedHashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Deque<Answer> once = new ArrayDeque<>();
    private final Map<String, Answer> always = new HashMap<>();
    private boolean uneditable;
    private boolean losesAnswers;
    private Duration delay = Duration.ZERO;

    /** What was asked for: a method's name, its arguments, its headers by their names in lower case. */
    public record Call(String method, JsonNode arguments, Map<String, String> headers) {
        public String text() {
            return arguments.path("text").asText();
        }
    }

    /**
     * A message that stands in a channel.
     *
     * @param thread the time stamp of the message that it replies to, or null
     * @param edits how often it was edited
     */
    public record Posted(String channel, String ts, String thread, String bot, ObjectNode content, int edits) {
        public String text() {
            return content.path("text").asText();
        }
    }

    /** What is answered instead of what Slack would do. */
    private record Answer(int status, String retryAfter, String body) {}

    public FakeSlackApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext("/api/", this::handle);
        server.start();
    }

    /** Its base: what sinks.slack.api-url is to be. */
    public String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/api";
    }

    /** Properties that let a gateway's sink {@code slack} post here. */
    public Map<String, String> properties() {
        return Map.of(
                "sinks.slack.channel", "#" + CHANNEL, "sinks.slack.bot-token", TOKEN, "sinks.slack.api-url", url());
    }

    /** One more channel that the bots are in. */
    public synchronized void channel(String name, String id) {
        channels.put(name, id);
    }

    /** One more bot. */
    public synchronized void bot(String token, String id) {
        bots.put(token, id);
    }

    /** From now on it does what is asked for, as it does at first. */
    public synchronized void takes() {
        once.clear();
        always.clear();
        losesAnswers = false;
        delay = Duration.ZERO;
    }

    /** Each call is answered 200 with this error, and nothing is done. */
    public synchronized void refuses(String error) {
        refuses(error, null);
    }

    public synchronized void refuses(String error, String retryAfter) {
        answers(200, retryAfter, "{\"ok\":false,\"error\":\"" + error + "\"}");
    }

    /** Each call of a method ({@code chat.update}), or each reply ({@code reply}), is answered 200 with this error. */
    public synchronized void refusesAt(String method, String error) {
        always.put(method, new Answer(200, null, "{\"ok\":false,\"error\":\"" + error + "\"}"));
    }

    /** Each call is answered so, and nothing is done. */
    public synchronized void answers(int status, String retryAfter, String body) {
        always.put("", new Answer(status, retryAfter, body));
    }

    /** The next call is answered so, and nothing is done. */
    public synchronized void answersOnce(int status, String retryAfter, String body) {
        once.add(new Answer(status, retryAfter, body));
    }

    /** Messages that hold blocks are refused by a limit that nobody published. */
    public synchronized void refusesBlocks(String error) {
        always.put("blocks", new Answer(200, null, "{\"ok\":false,\"error\":\"" + error + "\"}"));
    }

    /** Does what is asked for and closes the connection without an answer. */
    public synchronized void losesAnswers() {
        losesAnswers = true;
    }

    /** Does what is asked for, and answers after this. */
    public synchronized void isSlow(Duration wait) {
        delay = wait;
    }

    /** The workspace lets nobody edit what stands. */
    public synchronized void closesEdits() {
        uneditable = true;
    }

    /** Somebody deletes a message. */
    public synchronized void delete(String ts) {
        messages.remove(ts);
    }

    /** A message that another app has posted. */
    public synchronized Posted postedBy(String token, String text) {
        try {
            post(
                    bots.get(token),
                    JSON.createObjectNode().put("channel", CHANNEL).put("text", text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        List<Posted> posted = messages();
        return posted.get(posted.size() - 1);
    }

    /** The messages that stand in a channel, replies left out, in the order of their time stamps. */
    public synchronized List<Posted> messages() {
        return messages.values().stream()
                .filter(posted -> posted.thread() == null)
                .toList();
    }

    /** The replies to a message. */
    public synchronized List<Posted> thread(String ts) {
        return messages.values().stream()
                .filter(posted -> ts.equals(posted.thread()))
                .toList();
    }

    /** What it was asked for, in the order of arrival. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The names of the methods that it was asked for; a reply is "reply". */
    public List<String> asked() {
        return calls().stream()
                .map(call -> call.arguments().has("thread_ts") ? "reply" : call.method())
                .toList();
    }

    /** What broke a published rule. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    private void handle(HttpExchange http) throws IOException {
        try (http) {
            byte[] body = http.getRequestBody().readNBytes(LONGEST_CALL + 1);
            Answer answer;
            Duration wait;
            boolean lost;
            synchronized (this) {
                answer = answer(http, body);
                wait = delay;
                lost = losesAnswers;
            }
            if (!wait.isZero() && closed.await(wait.toMillis(), TimeUnit.MILLISECONDS) || lost) {
                return;
            }
            if (answer.retryAfter() != null) {
                http.getResponseHeaders().set("Retry-After", answer.retryAfter());
            }
            http.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            byte[] said = answer.body().getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(answer.status(), said.length == 0 ? -1 : said.length);
            http.getResponseBody().write(said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer answer(HttpExchange http, byte[] body) throws JsonProcessingException {
        String method = http.getRequestURI().toString().substring("/api/".length());
        Map<String, String> headers = new TreeMap<>();
        http.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), String.join(",", values)));
        check(calls.size() < MOST_CALLS && body.length <= LONGEST_CALL, "more than a fake takes");
        check(http.getRequestMethod().equals("POST"), "a call is a POST");
        check(HEADERS.containsAll(headers.keySet()), "a header that says too much: " + headers.keySet());
        check(
                "application/json; charset=utf-8".equals(headers.get("content-type")),
                "Slack wants a charset: " + headers.get("content-type"));
        ObjectNode arguments = arguments(body);
        if (arguments == null) {
            return error("invalid_json");
        }
        calls.add(new Call(method, arguments, headers));
        Answer scripted = scripted(method, arguments);
        if (scripted != null) {
            return scripted;
        }
        String authorization = headers.getOrDefault("authorization", "");
        if (!authorization.startsWith("Bearer ")) {
            return error("not_authed");
        }
        String bot = bots.get(authorization.substring("Bearer ".length()));
        if (bot == null) {
            return error("invalid_auth");
        }
        return switch (method) {
            case "chat.postMessage" -> post(bot, arguments);
            case "chat.update" -> update(bot, arguments);
            default -> error("unknown_method");
        };
    }

    private Answer scripted(String method, ObjectNode arguments) {
        if (!once.isEmpty()) {
            return once.poll();
        }
        if (!arguments.path("blocks").isEmpty() && always.containsKey("blocks")) {
            return always.get("blocks");
        }
        String name = arguments.has("thread_ts") ? "reply" : method;
        return always.getOrDefault(name, always.get(""));
    }

    private ObjectNode arguments(byte[] body) {
        try {
            return JSON.readTree(body) instanceof ObjectNode object ? object : null;
        } catch (IOException e) {
            check(false, "no JSON: " + e);
            return null;
        }
    }

    private Answer post(String bot, ObjectNode arguments) throws JsonProcessingException {
        String channel = arguments.path("channel").asText().replaceFirst("^#", "");
        String id = channels.getOrDefault(channel, channel);
        if (!channels.containsValue(id)) {
            return error("channel_not_found");
        }
        String thread = arguments.path("thread_ts").textValue();
        Posted parent = messages.get(thread);
        if (thread != null && (parent == null || !parent.channel().equals(id))) {
            return error("thread_not_found");
        }
        check(thread == null || parent.thread() == null, "a reply to a reply");
        check(!arguments.has("ts"), "a post has no ts");
        check(thread != null || !arguments.has("reply_broadcast"), "only a reply is broadcast");
        Answer refused = content(arguments);
        if (refused != null) {
            return refused;
        }
        String ts = "17640" + (50_000 + messages.size() + calls.size()) + "." + String.format("%06d", calls.size());
        ObjectNode content = arguments.deepCopy();
        content.remove(List.of("channel", "thread_ts"));
        messages.put(ts, new Posted(id, ts, thread, bot, content, 0));
        return done(id, ts, content);
    }

    private Answer update(String bot, ObjectNode arguments) throws JsonProcessingException {
        String channel = arguments.path("channel").asText();
        String ts = arguments.path("ts").asText();
        if (!channels.containsValue(channel)) {
            return error("channel_not_found");
        }
        Posted posted = messages.get(ts);
        if (posted == null || !posted.channel().equals(channel)) {
            return error("message_not_found");
        }
        if (!posted.bot().equals(bot)) {
            return error("cant_update_message");
        }
        if (uneditable) {
            return error("edit_window_closed");
        }
        check("none".equals(arguments.path("parse").asText()), "an edit is read as client text unless it says none");
        check(!arguments.has("thread_ts") && !arguments.has("reply_broadcast"), "an edit is no reply");
        ObjectNode content = arguments.deepCopy();
        content.remove(List.of("channel", "ts", "parse"));
        for (String part : List.of("blocks", "attachments")) {
            if (!content.has(part) && posted.content().has(part)) {
                content.set(part, posted.content().get(part));
            } else if (content.path(part).isEmpty()) {
                content.remove(part);
            }
        }
        Answer refused = content(content);
        if (refused != null) {
            return refused;
        }
        messages.put(ts, new Posted(channel, ts, posted.thread(), bot, content, posted.edits() + 1));
        return done(channel, ts, content);
    }

    private Answer content(ObjectNode message) {
        String text = message.path("text").asText();
        if (text.isBlank() && message.path("blocks").isEmpty()) {
            return error("no_text");
        }
        if (text.length() > TRUNCATED) {
            return error("msg_too_long");
        }
        List<String> wrong = SlackContract.violations(message);
        violations.addAll(wrong);
        return wrong.isEmpty() ? null : error("invalid_blocks");
    }

    /** As Slack does, it repeats the message, each character that is not ASCII as six. */
    private static Answer done(String channel, String ts, ObjectNode content) throws JsonProcessingException {
        ObjectNode said =
                JSON.createObjectNode().put("ok", true).put("channel", channel).put("ts", ts);
        said.set("message", content.deepCopy().put("type", "message").put("ts", ts));
        return new Answer(200, null, JSON.writeValueAsString(said));
    }

    private Answer error(String error) {
        return new Answer(200, null, "{\"ok\":false,\"error\":\"" + error + "\"}");
    }

    private void check(boolean good, String otherwise) {
        if (!good) {
            violations.add(otherwise);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
