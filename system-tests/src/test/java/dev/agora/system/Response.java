package dev.agora.system;

import java.net.http.HttpHeaders;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * A response of the gateway.
 *
 * @param status the HTTP status
 * @param body the body as JSON, a missing node if there is none
 * @param headers the headers
 */
record Response(int status, JsonNode body, HttpHeaders headers) {

	/** Lists the fields that a problem names as invalid. */
	List<String> invalidFields() {
		return this.body.path("errors").valueStream().map((error) -> error.path("field").asString()).toList();
	}

	String text(String field) {
		return this.body.path(field).asString();
	}

	String header(String name) {
		return this.headers.firstValue(name).orElse("");
	}

	Response expect(int expected) {
		if (this.status != expected) {
			throw new AssertionError("expected " + expected + " but was " + this.status + ": " + this.body);
		}
		return this;
	}

}
