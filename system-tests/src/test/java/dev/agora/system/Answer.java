package dev.agora.system;

import java.net.http.HttpHeaders;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * What the gateway answered.
 *
 * @param status the HTTP status
 * @param body the body as JSON, missing where there is none
 * @param headers the headers
 */
record Answer(int status, JsonNode body, HttpHeaders headers) {

	/** The fields that a refusal names. */
	List<String> fieldsAtFault() {
		return this.body.path("errors").valueStream().map((error) -> error.path("field").asString()).toList();
	}

	String text(String field) {
		return this.body.path(field).asString();
	}

	String header(String name) {
		return this.headers.firstValue(name).orElse("");
	}

	Answer expect(int expected) {
		if (this.status != expected) {
			throw new AssertionError("expected " + expected + " but was " + this.status + ": " + this.body);
		}
		return this;
	}

}
