package dev.agora.contract;

import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request and its response.
 *
 * @param method the HTTP method
 * @param target path and query
 * @param requestBody the text of the request's body, null if there is none
 * @param status the status of the response
 * @param headers the headers of the response
 * @param responseBody the body of the response: JSON, or a string for any other media
 * type, or a missing node
 */
public record Exchange(String method, String target, @Nullable String requestBody, int status, HttpHeaders headers,
		JsonNode responseBody) {

	String path() {
		return this.target.split("\\?", 2)[0];
	}

	/** Lists the names of the query's parameters. */
	List<String> parameters() {
		String[] parts = this.target.split("\\?", 2);
		return (parts.length == 1) ? List.of()
				: Arrays.stream(parts[1].split("&")).map((pair) -> pair.split("=", 2)[0]).toList();
	}

	boolean isSuccess() {
		return this.status >= 200 && this.status < 300;
	}

	/**
	 * Returns the media type of the response without parameters, empty if there is none.
	 */
	String mediaType() {
		return this.headers.firstValue("Content-Type").orElse("").split(";", 2)[0].strip();
	}

	@Override
	public String toString() {
		return this.method + " " + this.target + " -> " + this.status;
	}

}
