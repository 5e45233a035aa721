package dev.agora.product.planted;

/** Calls outwards. */
public final class KnowsADoor {

	void call(PlantedController door) {
		door.open();
	}

}
