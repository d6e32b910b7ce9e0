// DoesNotCompile.java, line 7: cannot find symbol (symbol: method routId(java.lang.String), location: class org.apache.camel.model.RouteDefinition).
import org.apache.camel.builder.RouteBuilder;

public class DoesNotCompile extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:here").routId("here");
    }
}
