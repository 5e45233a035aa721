package dev.agora.launcher.system;

/** A service or gateway as it was built. */
interface App {

	/**
	 * A clone of it.
	 * @param clone its name, ports and settings
	 * @param tier who calls whom
	 * @param first whether it may do at its end what only one clone of a build need do
	 */
	ProcessSpec clone(ServiceProcess clone, Tier tier, boolean first);

}
