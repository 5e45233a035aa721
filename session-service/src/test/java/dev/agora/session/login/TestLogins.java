package dev.agora.session.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import org.awaitility.Awaitility;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.platform.testing.SharedContext;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.platform.testing.WholeResponses;
import dev.agora.session.SessionApplication;

/** The whole service without Kafka, and the members who log in. */
final class TestLogins implements AutoCloseable {

	static final String PASSWORD = "a password to know";

	private final AtomicInteger count = new AtomicInteger();

	private final TestMongoServer mongo = new TestMongoServer();

	private final TestRedisServer redis = TestRedisServer.started();

	private final ConfigurableApplicationContext service;

	private final String address;

	private final WebTestClient client;

	TestLogins() throws IOException, JOSEException {
		ECKey key = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
		Path directory = Files.createTempDirectory("keys");
		Path signing = Files.writeString(directory.resolve("signing-key.json"), key.toJSONString());
		Path jwks = Files.writeString(directory.resolve("jwks.json"), new JWKSet(key).toString(true));
		this.service = SharedContext.start(SessionApplication.class, "--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + this.mongo.uri(), "--agora.redis.address=" + this.redis.address(),
				"--agora.redis.command-timeout=30s", "--agora.identity.signing-key=" + signing,
				"--agora.identity.jwks=" + jwks, "--agora.kafka.bootstrap-servers=127.0.0.1:1",
				"--session.password.threads=1", "--session.password.queue=64",
				"--spring.main.cloud-platform=kubernetes", "--logging.config=classpath:logback-test.xml");
		this.address = "http://127.0.0.1:" + this.service.getEnvironment().getRequiredProperty("local.server.port");
		this.client = WholeResponses.client(this.address);
	}

	@Override
	public void close() {
		this.service.close();
		this.redis.close();
		this.mongo.close();
	}

	String address() {
		return this.address;
	}

	WebTestClient client() {
		return this.client;
	}

	/** A handle that no other test uses. */
	String newHandle() {
		return "ada_" + this.count.incrementAndGet();
	}

	/** Registers a member; returns the handle. */
	String register() {
		String handle = newHandle();
		// Passwords that another test queued may still be hashed.
		Awaitility.await()
			.untilAsserted(() -> this.client.post()
				.uri("/members")
				.bodyValue(member(handle, PASSWORD))
				.exchange()
				.expectStatus()
				.isCreated());
		return handle;
	}

	static Map<String, String> member(String handle, String password) {
		return Map.of("handle", handle, "name", "Ada", "password", password);
	}

}
