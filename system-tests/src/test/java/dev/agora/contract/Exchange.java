package dev.agora.contract;

import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request and its answer.
 *
 * @param method the HTTP method
 * @param target path and query
 * @param sent the text of the request's body, null where it had none
 * @param status the answer's status
 * @param headers the answer's headers
 * @param answer the answer's body as JSON, as a string where it is no JSON, missing where
 * there is none
 */
public record Exchange(String method, String target, @Nullable String sent, int status, HttpHeaders headers,
		JsonNode answer) {

	String path() {
		return this.target.split("\\?", 2)[0];
	}

	/** The names of the query's parameters. */
	List<String> parameters() {
		String[] parts = this.target.split("\\?", 2);
		return (parts.length == 1) ? List.of()
				: Arrays.stream(parts[1].split("&")).map((pair) -> pair.split("=", 2)[0]).toList();
	}

	boolean isSuccess() {
		return this.status >= 200 && this.status < 300;
	}

	/** The answer's media type without its parameters, empty where it has none. */
	String mediaType() {
		return this.headers.firstValue("Content-Type").orElse("").split(";", 2)[0].strip();
	}

	@Override
	public String toString() {
		return this.method + " " + this.target + " -> " + this.status;
	}

}
