// FOLDER/routes/StepWithoutAnId.java: a step 'process' of route here has no id.
import org.apache.camel.builder.RouteBuilder;

public class StepWithoutAnId extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:here").routeId("here").description("Does nothing.").process(exchange -> {});
    }
}
