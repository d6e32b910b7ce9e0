package rules;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

/** The rule's file as it is, between an event that the test sends and an alert that a mock takes. */
class ToxicityRuleTest extends CamelTestSupport {
    private static final Path RULE = Path.of("routes/rules/toxicity.camel.yaml");

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext camel = super.createCamelContext();
        // Stands where the gateway's component would, and takes every word and option.
        camel.addComponent("fusewire", new StubComponent());
        camel.getPropertiesComponent().setInitialProperties(new Properties());
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(camel, "file:" + RULE));
        camelContextConfiguration().withMockEndpointsAndSkip("fusewire:alert*");
        camelContextConfiguration().replaceRouteFromWith("toxicity", "direct:events");
        return camel;
    }

    @Test
    void a_toxic_answer_raises_one_alert() throws Exception {
        MockEndpoint alert = getMockEndpoint("mock:fusewire:alert/toxicity");
        alert.expectedMessageCount(1);
        judge("toxicity", 0.93);
        alert.assertIsSatisfied();
    }

    @Test
    void a_mild_answer_and_another_score_raise_none() throws Exception {
        MockEndpoint alert = getMockEndpoint("mock:fusewire:alert/toxicity");
        alert.expectedMessageCount(0);
        judge("toxicity", 0.8);
        judge("hallucination", 0.93);
        alert.assertIsSatisfied();
    }

    /** An event reaches a rule as its labels, which are headers. */
    private void judge(String name, double value) {
        template.sendBodyAndHeaders("direct:events", null, Map.of("type", "score.created", "name", name, "value", value));
    }
}
