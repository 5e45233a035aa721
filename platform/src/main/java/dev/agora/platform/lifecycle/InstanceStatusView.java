package dev.agora.platform.lifecycle;

/**
 * The body of the response to gateways.
 *
 * @param service the name of the service
 * @param build the version of its build
 * @param instance the name of the instance
 */
record InstanceStatusView(String service, String build, String instance) {

	static InstanceStatusView of(Build build) {
		return new InstanceStatusView(build.service(), build.version(), build.instance());
	}

}
