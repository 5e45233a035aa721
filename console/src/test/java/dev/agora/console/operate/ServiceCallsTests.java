package dev.agora.console.operate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;

import dev.agora.console.management.CallFailed;
import dev.agora.console.management.ManagementClient;
import dev.agora.console.targets.Target;

import static org.assertj.core.api.Assertions.assertThat;

/** Instances that fail in different ways, each with a second instance behind it. */
@Timeout(60)
class ServiceCallsTests {

	/** The name of each instance that has received a call, in order. */
	private final List<String> received = new CopyOnWriteArrayList<>();

	private final List<Target> targets = new ArrayList<>();

	private final List<DisposableServer> servers = new ArrayList<>();

	private final ServiceCalls calls = new ServiceCalls(() -> Mono.just(this.targets), new ManagementClient());

	@AfterEach
	void close() {
		this.servers.forEach(DisposableServer::disposeNow);
	}

	@Test
	void aReplayWhoseResponseIsMissingIsNotSentToAnotherInstance() {
		start("feed-service-1", ServiceCallsTests::breakConnection);
		start("feed-service-2", ServiceCallsTests::succeed);
		StepVerifier.create(call(HttpMethod.POST))
			.verifyErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(CallFailed.class)
				.hasMessageContaining("may have received"));
		assertThat(this.received).containsExactly("feed-service-1");
	}

	@Test
	void aReplayThatHasFailedIsNotSentToAnotherInstance() {
		start("feed-service-1", (response) -> problem(response, 503, "Kafka is unavailable."));
		start("feed-service-2", ServiceCallsTests::succeed);
		StepVerifier.create(call(HttpMethod.POST))
			.verifyErrorSatisfies((failure) -> assertThat(failure)
				.hasMessage("feed-service-1 responded with 503: Kafka is unavailable."));
		assertThat(this.received).containsExactly("feed-service-1");
	}

	@Test
	void aReplayThatWasNotSentIsSentToAnotherInstance() {
		startRefusing("feed-service-1");
		start("feed-service-2", ServiceCallsTests::succeed);
		StepVerifier.create(call(HttpMethod.POST)).expectNextCount(1).verifyComplete();
		assertThat(this.received).containsExactly("feed-service-2");
	}

	@Test
	void aCancellationIsRepeated() {
		start("feed-service-1", ServiceCallsTests::breakConnection);
		start("feed-service-2", ServiceCallsTests::succeed);
		StepVerifier.create(call(HttpMethod.DELETE)).expectNextCount(1).verifyComplete();
		assertThat(this.received).containsExactly("feed-service-1", "feed-service-2");
	}

	@Test
	void aRefusalIsTheResponse() {
		start("feed-service-1", (response) -> problem(response, 409, "The job has ended."));
		start("feed-service-2", ServiceCallsTests::succeed);
		StepVerifier.create(call(HttpMethod.DELETE))
			.verifyErrorSatisfies((failure) -> assertThat(failure).hasMessageContaining("The job has ended."));
		assertThat(this.received).containsExactly("feed-service-1");
	}

	@Test
	void aServiceThatFailsIsNamedAndHidesNoOther() {
		start("feed-service-1", (response) -> problem(response, 500, "It is broken."));
		start("graph-service-1", ServiceCallsTests::succeed);
		this.targets.add(target("product-service-1", 1, Target.State.ENDED));
		StepVerifier.create(this.calls.list("jobs")).assertNext((found) -> {
			assertThat(found.items()).extracting(Items.Item::service).containsExactly("graph-service");
			assertThat(found.missing()).containsOnlyKeys("feed-service", "product-service")
				.containsEntry("product-service", "No instance of product-service runs.");
		}).verifyComplete();
	}

	private Mono<JsonNode> call(HttpMethod method) {
		return this.calls.call("feed-service", method, "things", "1");
	}

	private void start(String name, Response response) {
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((HttpServerRequest request, HttpServerResponse sent) -> {
				this.received.add(name);
				return response.send(sent);
			})
			.bindNow();
		this.servers.add(server);
		this.targets.add(target(name, server.port(), Target.State.RUNNING));
	}

	/** An instance that has just ended: nothing listens at its port any more. */
	private void startRefusing(String name) {
		start(name, ServiceCallsTests::succeed);
		this.servers.get(this.servers.size() - 1).disposeNow();
	}

	private static Publisher<Void> succeed(HttpServerResponse response) {
		return response.sendString(Mono.just("{\"items\": [{\"id\": 1}]}"));
	}

	private static Publisher<Void> problem(HttpServerResponse response, int status, String detail) {
		return response.status(status).sendString(Mono.just("{\"detail\": \"" + detail + "\"}"));
	}

	private static Publisher<Void> breakConnection(HttpServerResponse response) {
		response.withConnection((connection) -> connection.dispose());
		return Mono.never();
	}

	private static Target target(String name, int port, Target.State state) {
		return new Target(name, name.replaceFirst("-[0-9]+$", ""), "127.0.0.1", 1, port, "run", state, "", "");
	}

	/** Responds to a call. */
	private interface Response {

		Publisher<Void> send(HttpServerResponse response);

	}

}
