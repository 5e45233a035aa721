package dev.agora.platform.web;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells gateways which clone this is and whether it takes requests. */
@RestController
public final class CloneController {

	private final CloneView clone;

	private final ApplicationAvailability availability;

	CloneController(Build build, ApplicationAvailability availability) {
		this.clone = CloneView.of(build);
		this.availability = availability;
	}

	@GetMapping("/internal/clone")
	ResponseEntity<CloneView> show() {
		boolean ready = this.availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
		return ResponseEntity.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE).body(this.clone);
	}

}
