package dev.agora.launcher.process;

import java.util.List;

/** The layers of the system. A process calls processes of lower tiers only. */
public enum Tier {

	/** Brokers and stores. */
	STORE,

	/** The services. */
	SERVICE,

	/** The gateway. */
	EDGE;

	public static List<Tier> callersFirst() {
		return List.of(EDGE, SERVICE, STORE);
	}

}
