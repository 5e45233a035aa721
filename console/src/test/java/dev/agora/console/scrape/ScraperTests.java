package dev.agora.console.scrape;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import dev.agora.console.management.ManagementClient;
import dev.agora.console.targets.Target;

import static org.assertj.core.api.Assertions.assertThat;

class ScraperTests {

	private static final Duration BOUND = Duration.ofSeconds(60);

	private volatile boolean frozen;

	private final DisposableServer healthy = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.route((routes) -> routes
			.get("/actuator/prometheus",
					(request, response) -> response.sendString(Mono.just("outbox_backlog 3\n<garbage>\n")))
			.get("/actuator/health/readiness",
					(request, response) -> this.frozen ? Mono.never() : response.status(200).send()))
		.bindNow();

	/** Accepts connections and never responds. */
	private final DisposableServer hanging = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> Mono.never())
		.bindNow();

	private final Scraper scraper = new Scraper(new ManagementClient());

	@AfterEach
	void close() {
		this.healthy.disposeNow();
		this.hanging.disposeNow();
	}

	@Test
	void aHangingInstanceHidesNoOther() {
		List<Target> targets = List.of(target("feed-service-1", this.hanging.port(), true),
				target("feed-service-2", this.healthy.port(), true));
		Awaitility.await("the reading of the healthy instance").atMost(BOUND).until(() -> {
			Observation second = observe(targets).get(1);
			return second.health() == Health.READY && second.deltas().now().max("outbox_backlog").orElse(0) == 3;
		});
		assertThat(observe(targets).get(0).health()).isEqualTo(Health.NOT_READY);
	}

	@Test
	void anInstanceThatNoLongerRespondsIsUnresponsive() {
		Target target = target("feed-service-2", this.healthy.port(), true);
		Awaitility.await("the first reading")
			.atMost(BOUND)
			.until(() -> observe(List.of(target)).get(0).health() == Health.READY);
		this.frozen = true;
		Awaitility.await("its silence is noticed")
			.atMost(BOUND)
			.until(() -> observe(List.of(target)).get(0).health() == Health.UNRESPONSIVE);
	}

	@Test
	void aProcessThatHasEndedIsDown() {
		assertThat(observe(List.of(target("feed-service-1", this.hanging.port(), false))).get(0).health())
			.isEqualTo(Health.DOWN);
	}

	@Test
	void aPausedStoreIsUnresponsiveWhateverItsRemarkSays() {
		Target paused = new Target("redis", "redis", "127.0.0.1", 1, 0, "run", Target.State.PAUSED, "",
				"a pause was requested");
		Target running = new Target("kafka", "kafka", "127.0.0.1", 1, 0, "run", Target.State.RUNNING, "",
				"is paused no longer");
		assertThat(observe(List.of(paused, running))).extracting(Observation::health)
			.containsExactly(Health.UNRESPONSIVE, Health.READY);
	}

	@Test
	void theWorseStateOfSeveralGatewaysCounts() {
		Target gateway = target("gateway-1", 1, true);
		Observation one = new Observation(gateway, Health.READY, observe(List.of(gateway)).get(0).deltas(),
				Map.of("127.0.0.1:7", new Routed("HEALTHY", "1", 2)));
		Observation other = new Observation(gateway, Health.READY, one.deltas(),
				Map.of("127.0.0.1:7", new Routed("EJECTED", "1", 3)));
		assertThat(Scraper.routes(List.of(one, other))).containsEntry("127.0.0.1:7", new Routed("EJECTED", "1", 5));
		assertThat(Scraper.routes(List.of(other, one))).containsEntry("127.0.0.1:7", new Routed("EJECTED", "1", 5));
	}

	private List<Observation> observe(List<Target> targets) {
		return this.scraper.observe(targets).toFuture().join();
	}

	private static Target target(String name, int port, boolean alive) {
		return new Target(name, name.replaceFirst("-[0-9]+$", ""), "127.0.0.1", 1, port, "run",
				alive ? Target.State.RUNNING : Target.State.ENDED, "", "");
	}

}
