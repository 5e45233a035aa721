package dev.agora.platform.lifecycle;

/**
 * Names the service, the build and the instance of this process.
 *
 * @param service the name of the service
 * @param version the version of the build
 * @param instance the name of the instance
 */
public record Build(String service, String version, String instance) {

	@Override
	public String toString() {
		return this.service + "/" + this.version + "/" + this.instance;
	}

}
