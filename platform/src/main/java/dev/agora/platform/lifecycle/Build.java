package dev.agora.platform.lifecycle;

/**
 * Which build of which service this process is.
 *
 * @param service the service's name
 * @param version the build's version
 * @param instance the clone's name
 */
public record Build(String service, String version, String instance) {

	@Override
	public String toString() {
		return this.service + "/" + this.version + "/" + this.instance;
	}

}
