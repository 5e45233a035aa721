package dev.agora.product.planted;

/** A door. */
public final class PlantedController {

	void open() {
	}

}
