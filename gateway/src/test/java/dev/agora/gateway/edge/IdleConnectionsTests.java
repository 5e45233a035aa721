package dev.agora.gateway.edge;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The side that sends requests must be the first to close an idle connection: a request
 * that crosses the other side's close is lost, and a request that changes something must
 * not be sent again.
 */
class IdleConnectionsTests {

	private static final Duration LOAD_BALANCERS = Duration.ofSeconds(60);

	private static final String SERVER = "server.netty.idle-timeout";

	private static final String POOL = "spring.cloud.gateway.server.webflux.httpclient.pool.max-idle-time";

	@Test
	void areClosedByALoadBalancerBeforeTheGateway() throws IOException {
		assertThat(setting("gateway", SERVER)).isGreaterThanOrEqualTo(LOAD_BALANCERS.plusSeconds(15));
	}

	@ParameterizedTest
	@ValueSource(strings = { "session-service", "product-service", "graph-service", "feed-service" })
	void areClosedByTheGatewayBeforeTheService(String service) throws IOException {
		assertThat(setting(service, SERVER)).isGreaterThanOrEqualTo(setting("gateway", POOL).plusSeconds(15));
	}

	private static Duration setting(String module, String name) throws IOException {
		FileSystemResource file = new FileSystemResource("../" + module + "/src/main/resources/application.yml");
		for (PropertySource<?> document : new YamlPropertySourceLoader().load(module, file)) {
			if (document.containsProperty(name)) {
				return DurationStyle.detectAndParse(Objects.toString(document.getProperty(name)));
			}
		}
		throw new AssertionError(module + " sets no " + name);
	}

}
