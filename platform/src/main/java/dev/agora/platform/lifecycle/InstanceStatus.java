package dev.agora.platform.lifecycle;

import reactor.core.publisher.Mono;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import dev.agora.platform.id.IdGenerator;

/**
 * Serves {@code GET /internal/clone}, with which gateways identify this instance and
 * check whether it accepts requests.
 */
public final class InstanceStatus {

	private final InstanceStatusView view;

	private final ApplicationAvailability availability;

	private final IdGenerator ids;

	public InstanceStatus(Build build, ApplicationAvailability availability, IdGenerator ids) {
		this.view = InstanceStatusView.of(build);
		this.availability = availability;
		this.ids = ids;
	}

	public RouterFunction<ServerResponse> route() {
		return RouterFunctions.route().GET("/internal/clone", this::show).build();
	}

	private Mono<ServerResponse> show(ServerRequest request) {
		boolean ready = this.availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
				&& this.ids.isUsable();
		return ServerResponse.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(this.view);
	}

}
