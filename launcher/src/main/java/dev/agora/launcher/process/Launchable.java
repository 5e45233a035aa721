package dev.agora.launcher.process;

/** A built service or gateway that can be started as a process. */
public interface Launchable {

	/**
	 * Describes the process of an instance.
	 * @param instance the instance's name, ports and settings
	 * @param tier the tier of the service
	 * @param first whether the instance may write the archive of classes, which one
	 * instance of each build does
	 */
	ProcessSpec specify(ServiceInstance instance, Tier tier, boolean first);

}
