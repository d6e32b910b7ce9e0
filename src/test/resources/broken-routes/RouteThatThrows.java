// FOLDER/routes/RouteThatThrows.java: no model is known
import org.apache.camel.builder.RouteBuilder;

public class RouteThatThrows extends RouteBuilder {
    @Override
    public void configure() {
        throw new IllegalStateException("no model is known");
    }
}
