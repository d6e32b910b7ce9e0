package io.fusewire.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the values of a property must be.
 *
 * @param wrong what is said of one that isn't: {@code %s} stands for it, and is left out where it may be secret
 */
record PropertyKind(Predicate<String> holds, String wrong) {
    private static final int HIGHEST_PORT = 65_535;

    private static final PropertyKind DURATION =
            new PropertyKind(Settings::isDuration, ": '%s' is not a duration such as 30s or 5m");
    /** Camel takes milliseconds without a unit. */
    private static final PropertyKind CAMEL_DURATION =
            new PropertyKind(DURATION.holds.or(value -> value.matches("\\d{1,15}")), DURATION.wrong);

    private static final PropertyKind SIZE =
            new PropertyKind(Settings.SIZE.asMatchPredicate(), ": '%s' is not a size such as 512KiB or 1MiB");
    private static final PropertyKind NUMBER =
            new PropertyKind(value -> isUpTo(value, Integer.MAX_VALUE), ": '%s' is not a whole number");
    private static final PropertyKind FLAG = of("(?i)true|false", ": '%s' is neither true nor false");
    private static final PropertyKind RATE =
            of("\\d{1,6}(\\.\\d{1,6})?", ": '%s' is not a number such as 1 or 0.5; 0 is as fast as can be");
    private static final PropertyKind URL = new PropertyKind(PropertyKind::isWeb, " is not an http or https URL");
    private static final PropertyKind SECRETS = new PropertyKind(
            value -> Arrays.stream(value.split(",")).map(String::strip).allMatch(PropertyKind::isOneWord),
            " is no secret: a blank, a line's end or a character that can't be seen is in it; several secrets have"
                    + " commas between");
    private static final PropertyKind TOKEN = new PropertyKind(
            value -> isOneWord(value) && value.matches("\\p{ASCII}+"),
            " is no token: a blank, a line's end or a character that is not ASCII is in it");
    private static final PropertyKind PASSWORD = new PropertyKind(
            value -> value.chars().noneMatch(PropertyKind::isUnseen),
            " is no password: a line's end or a character that can't be seen is in it");

    /** The first that fits. Of others the packed default tells the kind. */
    private static final Map<Pattern, PropertyKind> KINDS = new LinkedHashMap<>();

    static {
        kind(
                "camel\\.(server|management)\\.port",
                new PropertyKind(value -> isUpTo(value, HIGHEST_PORT), ": '%s' is not a port: a number up to 65535"));
        kind(
                "sinks\\..+\\.port",
                new PropertyKind(
                        value -> isUpTo(value, HIGHEST_PORT) && !value.matches("0+"),
                        ": '%s' is not a port: a number from 1 to 65535"));
        kind(
                "fusewire\\.(store\\.connections|webhook\\.max-(in-flight|connections)|backlog\\.limit"
                        + "|admin\\.replay-per-second|delivery\\.circuit-after|poll\\.(.+\\.)?requests-per-minute)"
                        + "|rules\\.max-open-incidents",
                new PropertyKind(
                        value -> isUpTo(value, Integer.MAX_VALUE) && !value.matches("0+"),
                        ": '%s' is not a whole number from 1 on"));
        kind("(fusewire\\.(webhook|sources\\..+)\\.secrets)|.+[.-]signing-secret", SECRETS);
        kind("fusewire\\.admin\\.token", TOKEN);
        kind(
                "(sinks|fusewire\\.sources\\..+)\\.pagerduty[.-]routing-key",
                of("[A-Za-z0-9]{32}", " is not a routing key of PagerDuty's: 32 letters and digits"));
        kind(
                "(sinks|fusewire\\.sources\\..+)\\.slack[.-]bot-token",
                of("xox[\\p{Alnum}.-]+", " is not the token of a bot of Slack's: xoxb- and more"));
        kind(
                "fusewire\\.poll\\..+\\.public-key",
                of("(?!sk-lf-)[!-9;-~]+", " is not a public key of Langfuse's: pk-lf- and more"));
        kind(
                "fusewire\\.poll\\..+\\.secret-key",
                of("(?!pk-lf-)[!-~]+", " is not a secret key of Langfuse's: sk-lf- and more"));
        kind("fusewire\\.store\\.password|sinks\\..+\\.password", PASSWORD);
        kind(
                "fusewire\\.store\\.url",
                of(
                        "jdbc:postgresql://\\S+",
                        " does not begin with jdbc:postgresql://; it is jdbc:postgresql://host:5432/database"));
        kind("langfuse\\.base-url|fusewire\\.poll\\..+\\.base-url|(sinks|fusewire\\.sources)\\..+[.-]url", URL);
        kind("sinks\\..+\\.per-second", RATE);
        kind("rules\\.low-score\\.below", of("-?\\d{1,9}(\\.\\d{1,9})?", ": '%s' is not a number such as 0.5"));
        kind("rules\\.(.+\\.)?(group-wait|group-interval)", DURATION);
        kind(
                "rules\\.(.+\\.)?repeat-interval",
                new PropertyKind(DURATION.holds.or("off"::equals), DURATION.wrong + ", nor off"));
        kind(
                "rules\\.(.+\\.)?resolve-after",
                new PropertyKind(DURATION.holds.or("never"::equals), DURATION.wrong + ", nor never"));
        kind(
                "rules\\.time-zone",
                new PropertyKind(PropertyKind::isZone, ": '%s' is not a time zone such as Europe/Berlin or UTC"));
        kind("fusewire\\.retention\\.dead-letters", DURATION);
        kind(
                "fusewire\\.poll\\..+\\.source",
                of("[a-z0-9][a-z0-9-]*", ": '%s' is not a source's name: small letters, digits and -"));
        kind("sinks\\.email\\.protocol", of("smtps?", ": '%s' is neither smtp nor smtps"));
        kind("sinks\\.email\\.host", of("[^\\s/@,]+", ": '%s' is not a host's name such as smtp.example.com"));
        kind(
                "sinks\\.email\\.(to|from)|fusewire\\.sources\\..+\\.email-to",
                of(
                        "[^,;@]+@[^,;@\\s]+(\\s*,[^,;@]+@[^,;@\\s]+)*",
                        ": '%s' is not an address such as ops@example.com; several have commas between"));
    }

    private static PropertyKind of(String regex, String wrong) {
        return new PropertyKind(Pattern.compile(regex).asMatchPredicate(), wrong);
    }

    private static void kind(String names, PropertyKind kind) {
        KINDS.put(Pattern.compile(names), kind);
    }

    /** What the values of this property must be; empty where anything goes. */
    static Optional<PropertyKind> of(String property, Map<String, String> defaults) {
        return KINDS.entrySet().stream()
                .filter(kind -> kind.getKey().matcher(property).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> {
                    String value = defaults.get(property.replaceFirst("^fusewire\\.poll\\.[^.]+\\.", "fusewire.poll."));
                    return Optional.ofNullable(value == null ? defaults.get(property) : value)
                            .flatMap(any -> Stream.of(FLAG, NUMBER, DURATION, SIZE)
                                    .filter(kind -> kind.holds.test(any))
                                    // A plain number is all of them but a flag.
                                    .filter(kind -> kind == NUMBER || !NUMBER.holds.test(any))
                                    .findFirst())
                            .map(kind -> kind == DURATION && property.startsWith("camel.") ? CAMEL_DURATION : kind);
                });
    }

    /** Whether the documentation has placeholders for it, which look like values. */
    boolean isSecret() {
        return this != PASSWORD && !isShown();
    }

    boolean isShown() {
        return wrong.contains("%s");
    }

    private static boolean isUpTo(String value, int most) {
        return value.matches("\\d{1,10}") && Long.parseLong(value) <= most;
    }

    private static boolean isOneWord(String value) {
        return value.codePoints().noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || isUnseen(c));
    }

    private static boolean isUnseen(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }

    private static boolean isWeb(String text) {
        try {
            URI url = new URI(text);
            boolean scheme = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return scheme && url.getHost() != null && url.getPort() <= HIGHEST_PORT;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isZone(String value) {
        try {
            return ZoneId.of(value) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
