package dev.agora.launcher.system;

import java.util.List;

/** Who calls whom: each tier calls those before it. */
enum Tier {

	/** Brokers and stores. */
	STORE,

	/** The services. */
	SERVICE,

	/** The gateway. */
	DOOR;

	static List<Tier> callersFirst() {
		return List.of(DOOR, SERVICE, STORE);
	}

}
