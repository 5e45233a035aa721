package dev.agora.product.planted;

import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** A door that no contract knows, and one that is for the system alone. */
public final class PlantedController {

	@PatchMapping("/planted/{id}")
	void open() {
	}

	@PostMapping("/internal/planted")
	void openInside() {
	}

}
