package dev.agora.launcher.process;

import java.util.List;

/** Who calls whom: each tier calls those before it. */
public enum Tier {

	/** Brokers and stores. */
	STORE,

	/** The services. */
	SERVICE,

	/** The gateway. */
	DOOR;

	public static List<Tier> callersFirst() {
		return List.of(DOOR, SERVICE, STORE);
	}

}
