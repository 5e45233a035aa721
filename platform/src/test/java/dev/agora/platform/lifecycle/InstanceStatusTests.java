package dev.agora.platform.lifecycle;

import java.time.Clock;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.platform.id.IdGenerator;

class InstanceStatusTests {

	private final ApplicationAvailabilityBean availability = new ApplicationAvailabilityBean();

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final WebTestClient gateway = WebTestClient
		.bindToRouterFunction(new InstanceStatus(new Build("service", "1", "a"), this.availability, this.ids).route())
		.build();

	@Test
	void acceptsRequestsIfItIsReadyAndItsClockIsRight() {
		requireStatus(503);
		this.availability.onApplicationEvent(new AvailabilityChangeEvent<>(this, ReadinessState.ACCEPTING_TRAFFIC));
		requireStatus(200);
		this.ids.compareClock(Duration.ofHours(1));
		requireStatus(503);
		this.ids.compareClock(Duration.ZERO);
		requireStatus(200);
	}

	private void requireStatus(int status) {
		this.gateway.get().uri("/internal/clone").exchange().expectStatus().isEqualTo(status);
	}

}
