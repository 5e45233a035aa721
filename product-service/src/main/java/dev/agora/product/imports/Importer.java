package dev.agora.product.imports;

import dev.agora.platform.identity.Caller;

/**
 * The member who imports, as the parameters of a job keep them. Rights are left out,
 * since they may change before the job runs.
 *
 * @param id the id of the member
 * @param handle the handle of the member
 * @param name the name of the member
 * @param version the version of the member
 * @param sessionId the session of the upload
 */
record Importer(String id, String handle, String name, long version, String sessionId) {

	static Importer of(Caller caller) {
		return new Importer(caller.id(), caller.handle(), caller.name(), caller.version(), caller.sessionId());
	}

	Caller toCaller() {
		return new Caller(this.id, this.handle, this.name, this.version, this.sessionId, false);
	}

}
