package io.fusewire.sinks;

class SlackSinkTest extends HttpSinkContract {
    SlackSinkTest() {
        super("slack", 200, "ok");
    }
}
