package dev.agora.contract;

/**
 * An operation of the API.
 *
 * @param method the HTTP method, upper case
 * @param path the path with its variables, as in {@code /posts/{id}}
 */
public record Operation(String method, String path) {

	/** Whether this is an operation of a request's path, which has no query. */
	boolean isOf(String path) {
		return path.matches(this.path.replaceAll("\\{[^/]+}", "[^/]+"));
	}

	/**
	 * Counts the variables: {@code /members/me} is preferred to {@code /members/{id}}.
	 */
	int variables() {
		return this.path.split("\\{", -1).length - 1;
	}

	@Override
	public String toString() {
		return this.method + " " + this.path;
	}

}
