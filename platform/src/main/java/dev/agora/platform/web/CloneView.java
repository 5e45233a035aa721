package dev.agora.platform.web;

/**
 * Which clone of what service, as gateways are told.
 *
 * @param service the service's name
 * @param build the build it runs
 * @param instance the clone's name
 */
record CloneView(String service, String build, String instance) {

	static CloneView of(Build build) {
		return new CloneView(build.service(), build.version(), build.instance());
	}

}
