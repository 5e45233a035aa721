package dev.agora.system;

import java.io.IOException;
import java.util.Map;

/**
 * The test system with two of each gateway and service. The journeys that need it run
 * after all others, which a smaller system serves faster, so it is started once.
 */
final class DoubledSystem {

	/** The order of the first of these journeys; the others follow it. */
	static final int ORDER = Integer.MAX_VALUE - 10;

	private DoubledSystem() {
	}

	/** Restarts the test system with two of each, unless it has them. */
	static void require() throws IOException {
		TestSystem.awaitReady();
		if (!TestSystem.hasProcess("gateway-2")) {
			restart(Map.of());
		}
	}

	/**
	 * Restarts the test system with two of each.
	 * @param settings more variables of its environment
	 */
	static void restart(Map<String, String> settings) throws IOException {
		TestSystem.restart(settings, "--clones",
				"gateway=2,session-service=2,product-service=2,graph-service=2,feed-service=2");
	}

}
