package io.fusewire.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fusewire.store.Decision.Grouping;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule's grouping is what its route says, else its own property, else the one for all rules. */
class GroupingOptionsTest {
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "rules.group-by", "source,project,subject",
            "rules.group-wait", "0",
            "rules.group-interval", "5m",
            "rules.repeat-interval", "off",
            "rules.resolve-after", "15m"));
    private final GroupingOptions options =
            new GroupingOptions("my-rule", name -> Optional.ofNullable(properties.get(name)));

    @Test
    void what_nobody_says_is_the_same_for_all_rules() {
        assertThat(options.grouping(true))
                .isEqualTo(new Grouping(
                        List.of("source", "project", "subject"),
                        Duration.ZERO,
                        Duration.ofMinutes(5),
                        null,
                        Duration.ofMinutes(15),
                        true,
                        null));
    }

    @Test
    void a_rule_s_own_property_comes_before_the_one_for_all() {
        properties.put("rules.my-rule.group-by", "source, name");
        properties.put("rules.my-rule.resolve-after", "never");
        properties.put("rules.my-rule.repeat-interval", "1h");
        Grouping grouping = options.grouping(false);
        assertThat(grouping.groupBy()).containsExactly("source", "name");
        assertThat(grouping.resolveAfter()).isNull();
        assertThat(grouping.repeatInterval()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void what_its_route_says_comes_before_both() {
        properties.put("rules.my-rule.group-interval", "10m");
        options.say("groupInterval", "1m");
        options.say("groupWait", "30s");
        options.say("unless", "graver");
        Grouping grouping = options.grouping(false);
        assertThat(grouping.groupInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(grouping.groupWait()).isEqualTo(Duration.ofSeconds(30));
        assertThat(grouping.unless()).isEqualTo("graver");
    }

    @Test
    void the_rule_that_it_yields_to_may_be_named_by_its_own_property() {
        properties.put("rules.my-rule.unless", " graver ");
        assertThat(options.grouping(false).unless()).isEqualTo("graver");
        options.say("unless", "gravest");
        assertThat(options.grouping(false).unless()).isEqualTo("gravest");
    }

    @Test
    void an_empty_property_names_no_rule_to_yield_to_and_there_is_none_for_all() {
        properties.put("rules.my-rule.unless", "");
        properties.put("rules.unless", "graver");
        assertThat(options.grouping(false).unless()).isNull();
    }

    @Test
    void a_message_for_each_event_is_no_incident() {
        properties.put("rules.my-rule.group-by", "event");
        assertThat(options.grouping(true)).isNull();
    }

    @Test
    void nothing_is_repeated_without_a_pause() {
        options.say("groupInterval", "0");
        options.say("repeatInterval", "0");
        assertThatThrownBy(() -> options.grouping(true))
                .hasMessage("rule my-rule, repeatInterval: it would be told without end; 'off' is never");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            groupBy        | sauce        | rule my-rule, groupBy: there is no label 'sauce'; there are type, source,
            groupBy        | event,source | rule my-rule, groupBy: there is no label 'event'; there are type, source,
            groupWait      | 30           | rule my-rule, groupWait: '30' is not a duration such as 30s or 5m
            groupWait      | soon         | rule my-rule, groupWait: 'soon' is not a duration such as 30s or 5m
            resolveAfter   | 99999d       | '99999d' is not a duration such as 30s or 5m, nor 'never'
            groupWait      | 15m          | rule my-rule, groupWait: it is no shorter than resolveAfter
            groupInterval  | -5m          | rule my-rule, groupInterval: '-5m' is not a duration such as 30s or 5m
            groupInterval  | off          | rule my-rule, groupInterval: 'off' is not a duration such as 30s or 5m
            repeatInterval | never        | 'never' is not a duration such as 30s or 5m, nor 'off'
            repeatInterval | 1m           | rule my-rule, repeatInterval: it is shorter than groupInterval
            resolveAfter   | off          | 'off' is not a duration such as 30s or 5m, nor 'never'
            resolveAfter   | 1m           | rule my-rule, resolveAfter: it is shorter than groupInterval
            unless         | my-rule      | rule my-rule, unless: a rule can't yield to itself
            """)
    void what_cannot_be_is_refused_in_a_sentence(String option, String value, String sentence) {
        options.say(option, value);
        assertThatThrownBy(() -> options.grouping(true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }
}
