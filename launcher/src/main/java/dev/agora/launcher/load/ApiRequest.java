package dev.agora.launcher.load;

import java.net.http.HttpRequest;

import org.jspecify.annotations.Nullable;

/**
 * One call of the public API.
 *
 * @param method the HTTP method
 * @param path the path under {@code /api/v1}
 * @param body what is sent as JSON
 * @param token whose call it is
 * @param key the idempotency key of a POST that creates
 * @param orStatus a status that is an answer as good as success, 0 for none
 * @param untilKnown whether 404 may mean that an event is still on its way
 */
record ApiRequest(String method, String path, @Nullable Object body, @Nullable String token, @Nullable String key,
		int orStatus, boolean untilKnown) {

	static ApiRequest post(String path, Object body) {
		return new ApiRequest("POST", path, body, null, null, 0, false);
	}

	static ApiRequest put(String path) {
		return new ApiRequest("PUT", path, null, null, null, 0, false);
	}

	ApiRequest as(String token) {
		return new ApiRequest(this.method, this.path, this.body, token, this.key, this.orStatus, this.untilKnown);
	}

	ApiRequest once(String key) {
		return new ApiRequest(this.method, this.path, this.body, this.token, key, this.orStatus, this.untilKnown);
	}

	ApiRequest or(int status) {
		return new ApiRequest(this.method, this.path, this.body, this.token, this.key, status, this.untilKnown);
	}

	ApiRequest untilFound() {
		return new ApiRequest(this.method, this.path, this.body, this.token, this.key, this.orStatus, true);
	}

	void addHeaders(HttpRequest.Builder request) {
		request.header("Accept", "application/json, application/problem+json");
		if (this.body != null) {
			request.header("Content-Type", "application/json");
		}
		if (this.token != null) {
			request.header("Authorization", "Bearer " + this.token);
		}
		if (this.key != null) {
			request.header("Idempotency-Key", this.key);
		}
	}

}
