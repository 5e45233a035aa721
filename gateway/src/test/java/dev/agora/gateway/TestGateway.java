package dev.agora.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.platform.lifecycle.Drain;
import dev.agora.platform.testing.WholeResponses;

/** The whole gateway on a free port. */
public final class TestGateway implements AutoCloseable {

	/**
	 * Without Redis, unless a test says where one is; all tests together have one
	 * address.
	 */
	private static final String[] DEFAULTS = { "agora.redis.address=redis://127.0.0.1:1",
			"gateway.limit.rate.address=10000", "gateway.limit.rate.address-burst=20000",
			"gateway.access.file=target/access.log" };

	private final ConfigurableApplicationContext context;

	private TestGateway(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/** Started with these settings beside its own. */
	public static TestGateway with(String... settings) {
		return new TestGateway(new SpringApplicationBuilder(GatewayApplication.class).properties(DEFAULTS)
			.run(Stream.concat(Stream.of("server.port=0", "management.server.port=0"), Arrays.stream(settings))
				.map((setting) -> "--" + setting)
				.toArray(String[]::new)));
	}

	/** The setting that names the clones of a service. */
	public static String clones(String service, URI... clones) {
		return "agora.clones." + service + "=" + String.join(",", Arrays.stream(clones).map(URI::toString).toList());
	}

	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	public WebTestClient client() {
		return client(port());
	}

	/** Takes each body in, though a test looks at the head alone: else it would leak. */
	private static WebTestClient client(int port) {
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + port)
			.responseTimeout(Duration.ofSeconds(30))
			.filter(new WholeResponses())
			.build();
	}

	/** One of its parts. */
	public <T> T part(Class<T> type) {
		return this.context.getBean(type);
	}

	/** All its parts of a type, by name. */
	public <T> Map<String, T> parts(Class<T> type) {
		return this.context.getBeansOfType(type);
	}

	/** Asks what only operators may. */
	public WebTestClient managementClient() {
		return client(this.context.getEnvironment().getRequiredProperty("local.management.port", Integer.class));
	}

	/** From now on it is as one that was told to end and has not yet stopped. */
	public void drain() {
		this.context.getBean(Drain.class).stop();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
