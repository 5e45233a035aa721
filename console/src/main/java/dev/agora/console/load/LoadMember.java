package dev.agora.console.load;

/**
 * A member of the load.
 *
 * @param id the id of the member
 * @param token the token of the session
 */
record LoadMember(String id, String token) {

	/** Keeps the token out of logs. */
	@Override
	public String toString() {
		return "LoadMember[id=" + this.id + "]";
	}

}
