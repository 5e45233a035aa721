package dev.agora.graph.mutual;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import com.nimbusds.jose.JOSEException;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.graph.GraphApplication;
import dev.agora.graph.block.Blocks;
import dev.agora.graph.follow.Follows;
import dev.agora.graph.tie.TieCard;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.SharedContext;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.platform.testing.WholeResponses;

/** The whole service with Redis, while Kafka is unavailable. */
final class StartedMutualService implements AutoCloseable {

	private final TestMongoServer mongo = new TestMongoServer();

	private final TestRedisServer redis = TestRedisServer.started();

	private final IdGenerator ids = new IdGenerator(Clock.fixed(Instant.parse("2025-01-01T00:00:00Z"), ZoneOffset.UTC));

	private final TestCallers callers = TestCallers.of("graph-service");

	private final ConfigurableApplicationContext context;

	private final WebTestClient client;

	StartedMutualService() throws IOException, JOSEException {
		this.context = SharedContext.start(GraphApplication.class, "--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + this.mongo.uri(),
				"--agora.identity.jwks=" + this.callers.jwks(Files.createTempDirectory("graph-service")),
				"--agora.redis.address=" + this.redis.address(), "--agora.redis.command-timeout=1m",
				"--agora.kafka.bootstrap-servers=127.0.0.1:1", "--agora.kafka.topics=",
				"--agora.kafka.delivery-timeout=1s", "--logging.config=classpath:logback-test.xml",
				"--logging.level.org.apache.kafka=OFF");
		this.client = WholeResponses
			.client("http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty("local.server.port"));
	}

	/** Begins the tests of a class, whose commands are checked on their own. */
	StartedMutualService begin() {
		this.mongo.commands().forget();
		return this;
	}

	/** Checks the commands of a class. */
	void check() {
		this.mongo.commands()
			.requireTargeted(Map.of("find follows by _id, removedAt", "a block reads both follows by their ids"));
		this.mongo.commands()
			.requireIndexed(
					Map.of("find ties by _id, owner in order [_id=1]", "the ids are a range, that of one owner"));
	}

	@Override
	public void close() {
		this.context.close();
		this.redis.close();
		this.mongo.close();
	}

	TestMongoServer mongo() {
		return this.mongo;
	}

	TestRedisServer redis() {
		return this.redis;
	}

	WebTestClient client() {
		return this.client;
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	String identity(MemberCard caller) {
		return this.callers.identity(caller.id(), caller.handle());
	}

	/** Stores a member in the projection. */
	MemberCard member(String handle, String name) {
		MemberCard card = new MemberCard(this.ids.next(), handle, name);
		TestProjections.upsertMember(this.context.getBean(DocumentStore.class), card, 1).block();
		return card;
	}

	/** Makes two members follow each other. */
	void befriend(MemberCard one, MemberCard other) {
		Follows follows = this.context.getBean(Follows.class);
		follows.follow(tie(one), tie(other)).then(follows.follow(tie(other), tie(one))).block();
	}

	void block(MemberCard blocker, MemberCard blocked) {
		this.context.getBean(Blocks.class).block(tie(blocker), tie(blocked)).block();
	}

	ResponseSpec call(MemberCard caller, HttpMethod method, String uri) {
		return this.client.method(method).uri(uri).header(Identity.HEADER, identity(caller)).exchange();
	}

	private static TieCard tie(MemberCard card) {
		return new TieCard(card.id(), card.handle(), card.name(), 1);
	}

}
