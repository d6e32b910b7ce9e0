package io.fusewire.sinks;

class TeamsSinkTest extends HttpSinkContract {
    TeamsSinkTest() {
        super("teams", 202, "");
    }
}
