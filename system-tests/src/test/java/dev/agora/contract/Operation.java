package dev.agora.contract;

/**
 * An operation of the API.
 *
 * @param method the HTTP method, upper case
 * @param path the path with its variables, as in {@code /posts/{id}}
 */
public record Operation(String method, String path) {

	/**
	 * Whether a request with this method and path, without the query, is this operation.
	 */
	boolean matches(String method, String path) {
		return this.method.equals(method) && path.matches(this.path.replaceAll("\\{[^/]+}", "[^/]+"));
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
