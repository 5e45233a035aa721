package dev.agora.product.job;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import com.nimbusds.jose.JOSEException;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.WholeResponses;
import dev.agora.product.ProductApplication;

/** The whole service without workers, while Redis and Kafka are unavailable. */
final class TestProductService implements AutoCloseable {

	private static final String LIST = "a list queries all shards, each by an index";

	private static final String OPEN = "a submission counts the open jobs of its owner in all shards, by an index";

	private static final String DELETED = "the deletion of a member finds what they created, by an index";

	private static final Map<String, String> BROADCASTS = Map.of("find jobs by $or, removedAt, value.owner", LIST,
			"find jobs by $or, _id, removedAt, value.owner", LIST,
			"find jobs by $or, removedAt, value.owner, value.state", LIST, "aggregate jobs by value.owner, value.state",
			OPEN, "find products by removedAt, value.seller.id, value.seller.version", DELETED,
			"find reviews by removedAt, value.author.id, value.author.version", DELETED);

	private final TestMongoServer mongo = new TestMongoServer();

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final TestCallers callers = TestCallers.of("product-service");

	private final ConfigurableApplicationContext context;

	TestProductService(Path directory, String... settings) throws IOException, JOSEException {
		String[] defaults = { "--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + this.mongo.uri(), "--agora.identity.jwks=" + this.callers.jwks(directory),
				"--agora.redis.address=redis://127.0.0.1:1", "--agora.kafka.bootstrap-servers=127.0.0.1:1",
				"--agora.kafka.topics=", "--agora.kafka.delivery-timeout=1s", "--agora.drain.delay=0s",
				"--logging.config=classpath:logback-test.xml", "--logging.level.org.apache.kafka=OFF" };
		String[] all = Arrays.copyOf(defaults, defaults.length + settings.length);
		System.arraycopy(settings, 0, all, defaults.length, settings.length);
		this.context = SpringApplication.run(ProductApplication.class, all);
	}

	<T> T part(Class<T> type) {
		return this.context.getBean(type);
	}

	String newMember() {
		return this.ids.next();
	}

	/** Submits a job of a member. */
	Stored<Job> submit(String member) {
		return Objects
			.requireNonNull(part(Jobs.class).submit("import-products", member, Map.of(), Optional.empty()).block());
	}

	Stored<Job> change(Stored<Job> job, Function<Job, Change<Job>> decision) {
		return Objects
			.requireNonNull(part(Jobs.class).change(job.id(), (current) -> decision.apply(current.value())).block());
	}

	/** Returns a client that calls on behalf of a member. */
	WebTestClient client(String member) {
		return clientOf("local.server.port").mutate()
			.defaultHeader(Identity.HEADER, this.callers.identity(member, "ada"))
			.build();
	}

	WebTestClient anonymousClient() {
		return clientOf("local.server.port");
	}

	WebTestClient managementClient() {
		return clientOf("local.management.port");
	}

	private WebTestClient clientOf(String port) {
		return WholeResponses.client("http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty(port));
	}

	@Override
	public void close() {
		this.context.close();
		this.mongo.commands().requireIndexed(Map.of());
		this.mongo.commands().requireTargeted(BROADCASTS);
		this.mongo.close();
	}

}
