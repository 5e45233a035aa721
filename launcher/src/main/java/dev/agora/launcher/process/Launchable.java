package dev.agora.launcher.process;

/** A service or gateway as it was built. */
public interface Launchable {

	/**
	 * A clone of it.
	 * @param clone its name, ports and settings
	 * @param tier who calls whom
	 * @param first whether it may do at its end what only one clone of a build need do
	 */
	ProcessSpec clone(ServiceInstance clone, Tier tier, boolean first);

}
