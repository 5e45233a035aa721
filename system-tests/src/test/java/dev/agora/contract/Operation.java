package dev.agora.contract;

/**
 * One thing that can be asked.
 *
 * @param method the HTTP method, upper case
 * @param path the path with its variables, as in {@code /posts/{id}}
 */
public record Operation(String method, String path) {

	/** Whether a request asks this, by its path without the query. */
	boolean isAskedBy(String method, String path) {
		return this.method.equals(method) && path.matches(this.path.replaceAll("\\{[^/]+}", "[^/]+"));
	}

	/** {@code /members/me} goes before {@code /members/{id}}. */
	int variables() {
		return this.path.split("\\{", -1).length - 1;
	}

	@Override
	public String toString() {
		return this.method + " " + this.path;
	}

}
