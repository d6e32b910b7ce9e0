package io.fusewire.poll;

import io.fusewire.component.FusewireComponent;
import io.fusewire.poll.client.Poll;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * What the poll's routes stand on, and their words.
 *
 * @param polls one for each configured project
 * @param asked hears a poll's name and in a word how a request ended, on the poll's thread
 * @param redact takes every configured secret out of a text
 */
public record PollModule(List<Poll> polls, BiConsumer<String, String> asked, UnaryOperator<String> redact) {

    /** Gives the component the poll's words. */
    public void register(FusewireComponent component) {
        component.register("polls", (uri, owner, none, parameters) -> new PollsEndpoint(uri, owner, this));
        component.register(
                "poll-request", (uri, owner, none, parameters) -> new PollStepEndpoint(uri, owner, true), "ask");
        component.register(
                "poll-response", (uri, owner, none, parameters) -> new PollStepEndpoint(uri, owner, false), "page");
    }
}
