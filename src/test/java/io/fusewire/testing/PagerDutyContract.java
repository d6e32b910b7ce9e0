package io.fusewire.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What PagerDuty's Events API v2 takes (PagerDuty/developer-docs, docs/events-API-v2), as a JSON schema, and its size.
 */
public final class PagerDutyContract {
    private static final int MOST_BYTES = 512_000;
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                    PagerDutyContract.class.getResourceAsStream("/contracts/pagerduty-events-v2.schema.json"),
                    SchemaValidatorsConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build());

    private PagerDutyContract() {}

    /** Sentences on what PagerDuty would refuse; empty for a good request. The routing key belongs to the request. */
    public static List<String> violations(JsonNode request) {
        List<String> violations = new ArrayList<>();
        SCHEMA.validate(request).stream().map(ValidationMessage::getMessage).forEach(violations::add);
        int bytes = request.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            violations.add("the request takes " + bytes + " bytes, more than " + MOST_BYTES);
        }
        return violations;
    }
}
