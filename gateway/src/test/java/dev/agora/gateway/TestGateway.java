package dev.agora.gateway;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.platform.lifecycle.Drain;
import dev.agora.platform.testing.WholeResponses;

/** A complete gateway on a free port. */
public final class TestGateway implements AutoCloseable {

	/** Redis is down unless a test names a server; all tests share one address. */
	private static final String[] DEFAULTS = { "agora.redis.address=redis://127.0.0.1:1",
			"gateway.limit.rate.address=10000", "gateway.limit.rate.address-burst=20000",
			"gateway.access.file=target/access.log" };

	private final ConfigurableApplicationContext context;

	private TestGateway(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/** Starts a gateway with these settings in addition to the defaults. */
	public static TestGateway with(String... settings) {
		return new TestGateway(new SpringApplicationBuilder(GatewayApplication.class).properties(DEFAULTS)
			.run(Stream.concat(Stream.of("server.port=0", "management.server.port=0"), Arrays.stream(settings))
				.map((setting) -> "--" + setting)
				.toArray(String[]::new)));
	}

	/** The setting for the instances of a service. */
	public static String instances(String service, URI... instances) {
		return "agora.clones." + service + "=" + String.join(",", Arrays.stream(instances).map(URI::toString).toList());
	}

	public int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	public WebTestClient client() {
		return client(port());
	}

	/**
	 * Reads each body completely, even if the test checks the head only. Otherwise the
	 * buffers would leak.
	 */
	private static WebTestClient client(int port) {
		return WholeResponses.client("http://127.0.0.1:" + port);
	}

	/** Returns a bean of the gateway. */
	public <T> T part(Class<T> type) {
		return this.context.getBean(type);
	}

	/** Returns all beans of a type by name. */
	public <T> Map<String, T> parts(Class<T> type) {
		return this.context.getBeansOfType(type);
	}

	/** Whether a bean has been created. */
	public boolean isCreated(String name) {
		return this.context.getBeanFactory().containsSingleton(name);
	}

	/** A client of the management port. */
	public WebTestClient managementClient() {
		return client(this.context.getEnvironment().getRequiredProperty("local.management.port", Integer.class));
	}

	/** Starts the drain, as if the gateway were about to stop. */
	public void drain() {
		this.context.getBean(Drain.class).stop();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
