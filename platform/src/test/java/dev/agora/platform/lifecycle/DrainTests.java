package dev.agora.platform.lifecycle;

import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.testing.Wire;
import dev.agora.platform.web.ServiceWebConfiguration;
import dev.agora.platform.web.WebConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DrainTests {

	private final ConfigurableApplicationContext process = new SpringApplicationBuilder(Sample.class).run(
			"--spring.application.name=sample-service", "--agora.instance=sample-service-1", "--agora.build=b7",
			"--spring.reactor.netty.shutdown-quiet-period=100ms", "--server.port=0", "--management.server.port=0",
			"--management.endpoint.health.probes.enabled=true");

	private final TestEndpoints endpoints = this.process.getBean(TestEndpoints.class);

	private CompletableFuture<Void> end = CompletableFuture.completedFuture(null);

	@AfterEach
	void release() {
		this.endpoints.responses.tryEmitValue("late");
		this.endpoints.stopAllowed.countDown();
		this.end.join();
		this.process.close();
	}

	@Test
	void keepsConnectionsUntilItDrains() throws IOException {
		assertThat(readiness()).startsWith("HTTP/1.1 200 ");
		try (Wire wire = connect()) {
			assertThat(wire.get("/internal/clone")).startsWith("HTTP/1.1 200 ")
				.doesNotContainIgnoringCase("connection:")
				.endsWith("{\"service\":\"sample-service\",\"build\":\"b7\",\"instance\":\"sample-service-1\"}");
			assertThat(wire.get("/quick")).startsWith("HTTP/1.1 200 ");
		}
	}

	@Test
	void servesAndClosesEachConnectionWhileItDrains() throws IOException {
		try (Wire used = connect(); Wire waiting = connect(); Wire probing = connect()) {
			used.get("/quick");
			waiting.send("/slow");
			Awaitility.await("the slow request is in flight").until(() -> this.endpoints.inFlight);
			drain();
			assertThat(readiness()).startsWith("HTTP/1.1 503 ");
			assertThat(probing.get("/internal/clone")).startsWith("HTTP/1.1 503 ").contains("\"build\":\"b7\"");
			assertThat(used.get("/quick")).startsWith("HTTP/1.1 200 ")
				.containsIgnoringCase("\r\nconnection: close\r\n");
			assertThat(used.isClosed()).isTrue();
			try (Wire late = connect()) {
				assertThat(late.get("/quick")).startsWith("HTTP/1.1 200 ")
					.containsIgnoringCase("\r\nconnection: close\r\n");
			}
			this.endpoints.responses.tryEmitValue("late");
			assertThat(waiting.read()).startsWith("HTTP/1.1 200 ")
				.containsIgnoringCase("\r\nconnection: close\r\n")
				.endsWith("late");
			assertThat(waiting.isClosed()).isTrue();
		}
	}

	@Test
	void finishesRequestsInFlightWhenItStops() throws IOException {
		try (Wire idle = connect(); Wire waiting = connect()) {
			idle.get("/quick");
			waiting.send("/slow");
			Awaitility.await("the slow request is in flight").until(() -> this.endpoints.inFlight);
			drain();
			this.endpoints.stopAllowed.countDown();
			Awaitility.await("new connections are refused")
				.untilAsserted(
						() -> assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect().close()));
			assertThat(idle.isClosed()).isTrue();
			this.endpoints.responses.tryEmitValue("late");
			assertThat(waiting.read()).startsWith("HTTP/1.1 200 ").endsWith("late");
			assertThat(waiting.isClosed()).isTrue();
		}
	}

	private void drain() {
		this.end = CompletableFuture.runAsync(this.process::close);
		Awaitility.await("the process drains").until(() -> this.process.getBean(Drain.class).isDraining());
	}

	private Wire connect() throws IOException {
		return new Wire(port("local.server.port"));
	}

	private String readiness() throws IOException {
		try (Wire wire = new Wire(port("local.management.port"))) {
			return wire.get("/actuator/health/readiness");
		}
	}

	private int port(String property) {
		return this.process.getEnvironment().getRequiredProperty(property, Integer.class);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import({ WebConfiguration.class, ServiceWebConfiguration.class, TestEndpoints.class })
	static class Sample {

	}

	/** Delays the shutdown between the drain and the stop of the server. */
	@RestController
	static class TestEndpoints implements SmartLifecycle {

		private final Sinks.One<String> responses = Sinks.one();

		private final CountDownLatch stopAllowed = new CountDownLatch(1);

		private volatile boolean inFlight;

		private volatile boolean running;

		@GetMapping("/quick")
		String quick() {
			return "quick";
		}

		@GetMapping("/slow")
		Mono<String> slow() {
			this.inFlight = true;
			return this.responses.asMono();
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			try {
				this.stopAllowed.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return DEFAULT_PHASE - 1;
		}

	}

}
