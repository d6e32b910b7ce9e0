package io.fusewire.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fusewire.component.Steps.SendOnlyEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.apache.camel.Producer;
import org.apache.camel.support.builder.ExpressionBuilder;

/**
 * {@code fusewire:respond/<status>}: answers an HTTP request with a status and JSON, and counts it by its outcome, if it has
 * one. No header of the request goes back. Body, outcome and the value of one more header may hold simple expressions.
 */
public final class RespondEndpoint extends SendOnlyEndpoint {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CONTROL = Pattern.compile("[\\x7F-\\x9F]");

    private final BiConsumer<Exchange, String> answered;
    private final int code;
    private String outcome = "";
    private String body = "";
    private String header = "";
    private String headerValue = "";
    private Expression word;
    private Expression text;
    private Expression value;

    /** @throws IllegalArgumentException when the status is none */
    public RespondEndpoint(String uri, Component component, BiConsumer<Exchange, String> answered, String status) {
        super(uri, component);
        this.answered = answered;
        if (!status.matches("[2-5]\\d\\d")) {
            throw new IllegalArgumentException(uri + ": an answer has an HTTP status, fusewire:respond/<status>");
        }
        this.code = Integer.parseInt(status);
    }

    @Override
    public Producer createProducer() {
        word = expression(outcome);
        text = expression(body);
        value = expression(headerValue);
        return super.createProducer();
    }

    @Override
    protected void process(Exchange exchange) throws JsonProcessingException {
        Message message = exchange.getMessage();
        String json = body.isEmpty() ? json(message.getBody()) : text.evaluate(exchange, String.class);
        if (!outcome.isEmpty()) {
            answered.accept(exchange, word.evaluate(exchange, String.class));
        }
        String more = header.isEmpty() ? "" : value.evaluate(exchange, String.class);
        message.setHeaders(new HashMap<>());
        message.setBody(json.getBytes(StandardCharsets.UTF_8));
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, code);
        if (more != null && !more.isEmpty()) {
            message.setHeader(header, more);
        }
    }

    /** A text is JSON already. What Jackson escapes none of, and a terminal obeys, is escaped. */
    private static String json(Object body) throws JsonProcessingException {
        String json = body instanceof String text ? text : JSON.writeValueAsString(body);
        return CONTROL.matcher(json)
                .replaceAll(
                        found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
    }

    private Expression expression(String text) {
        Expression expression = text.contains("${")
                ? getCamelContext().resolveLanguage("simple").createExpression(text)
                : ExpressionBuilder.constantExpression(text);
        expression.init(getCamelContext());
        return expression;
    }

    /** The word under which the answer is counted; empty where it isn't. */
    public void setOutcome(String outcome) {
        this.outcome = outcome;
    }

    /** The JSON to answer; empty for the message's own body. */
    public void setBody(String body) {
        this.body = body;
    }

    /** The name of one more header; empty for none. */
    public void setHeader(String header) {
        this.header = header;
    }

    /** That header's value; there is no such header where it is empty. */
    public void setHeaderValue(String headerValue) {
        this.headerValue = headerValue;
    }
}
