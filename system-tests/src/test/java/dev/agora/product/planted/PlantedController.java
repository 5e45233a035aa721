package dev.agora.product.planted;

import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Has an endpoint that the contract does not describe, and an internal one. */
public final class PlantedController {

	@PatchMapping("/planted/{id}")
	void change() {
	}

	@PostMapping("/internal/planted")
	void createInternally() {
	}

}
