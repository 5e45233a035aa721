package dev.agora.product.planted;

/** Calls a controller. */
public final class ControllerCaller {

	void call(PlantedController controller) {
		controller.change();
	}

}
