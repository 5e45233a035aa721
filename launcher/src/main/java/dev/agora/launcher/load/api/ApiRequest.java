package dev.agora.launcher.load.api;

import java.net.http.HttpRequest;

import org.jspecify.annotations.Nullable;

/**
 * One call of the public API.
 *
 * @param method the HTTP method
 * @param path the path under {@code /api/v1}
 * @param body the body: a file with one JSON object in each line, a text, or an object
 * that is sent as JSON
 * @param token the token of the member who calls
 * @param key the idempotency key of a POST that creates
 * @param acceptedStatus a status that counts as success, 0 for none
 * @param retriesNotFound whether to retry after 404, since an event may still be underway
 */
public record ApiRequest(String method, String path, @Nullable Object body, @Nullable String token,
		@Nullable String key, int acceptedStatus, boolean retriesNotFound) {

	public static ApiRequest post(String path, Object body) {
		return new ApiRequest("POST", path, body, null, null, 0, false);
	}

	/** Uploads a file: bytes with one JSON object in each line, or a text. */
	public static ApiRequest upload(String path, Object lines) {
		return new ApiRequest("POST", path, lines, null, null, 0, false);
	}

	public static ApiRequest get(String path) {
		return new ApiRequest("GET", path, null, null, null, 0, false);
	}

	public static ApiRequest delete(String path) {
		return new ApiRequest("DELETE", path, null, null, null, 0, false);
	}

	public static ApiRequest put(String path) {
		return new ApiRequest("PUT", path, null, null, null, 0, false);
	}

	public ApiRequest withToken(String token) {
		return new ApiRequest(this.method, this.path, this.body, token, this.key, this.acceptedStatus,
				this.retriesNotFound);
	}

	public ApiRequest withKey(String key) {
		return new ApiRequest(this.method, this.path, this.body, this.token, key, this.acceptedStatus,
				this.retriesNotFound);
	}

	public ApiRequest accepting(int status) {
		return new ApiRequest(this.method, this.path, this.body, this.token, this.key, status, this.retriesNotFound);
	}

	public ApiRequest retryingNotFound() {
		return new ApiRequest(this.method, this.path, this.body, this.token, this.key, this.acceptedStatus, true);
	}

	private static String contentType(Object body) {
		return (body instanceof byte[]) ? "application/x-ndjson"
				: (body instanceof String) ? "text/plain" : "application/json";
	}

	void addHeaders(HttpRequest.Builder request) {
		request.header("Accept", "application/json, application/problem+json");
		if (this.body != null) {
			request.header("Content-Type", contentType(this.body));
		}
		if (this.token != null) {
			request.header("Authorization", "Bearer " + this.token);
		}
		if (this.key != null) {
			request.header("Idempotency-Key", this.key);
		}
	}

}
