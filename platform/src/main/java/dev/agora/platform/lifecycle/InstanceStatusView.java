package dev.agora.platform.lifecycle;

/**
 * Which clone of what service, as gateways are told.
 *
 * @param service the service's name
 * @param build the build it runs
 * @param instance the clone's name
 */
record InstanceStatusView(String service, String build, String instance) {

	static InstanceStatusView of(Build build) {
		return new InstanceStatusView(build.service(), build.version(), build.instance());
	}

}
