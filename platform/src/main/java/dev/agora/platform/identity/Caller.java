package dev.agora.platform.identity;

import dev.agora.platform.problem.Forbidden;

/**
 * The member who sends a request, according to the signed identity.
 *
 * @param id the id of the member
 * @param handle the handle of the member
 * @param name the name of the member
 * @param version the version of the member that had this handle and name
 * @param sessionId the session of the member
 * @param isOperator whether the member is an operator
 */
public record Caller(String id, String handle, String name, long version, String sessionId, boolean isOperator) {

	/**
	 * Refuses a caller who is no operator.
	 * @throws Forbidden if the caller is no operator
	 */
	public void requireOperator() {
		if (!this.isOperator) {
			throw Forbidden.operatorRequired();
		}
	}

	/** Returns this caller with a newer handle and name. */
	public Caller renamed(String newHandle, String newName, long newVersion) {
		return new Caller(this.id, newHandle, newName, newVersion, this.sessionId, this.isOperator);
	}

}
