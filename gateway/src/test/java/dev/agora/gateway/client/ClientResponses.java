package dev.agora.gateway.client;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

/** Reads the responses of the client's files. */
final class ClientResponses {

	private ClientResponses() {
	}

	/** Returns headers without those that differ between two responses of one file. */
	static HttpHeaders without(HttpHeaders headers) {
		HttpHeaders copy = new HttpHeaders();
		copy.putAll(headers);
		copy.remove("X-Request-Id");
		copy.remove(HttpHeaders.TRANSFER_ENCODING);
		return copy;
	}

	/** Returns the body as text. */
	static String text(EntityExchangeResult<byte[]> response) {
		return new String(Objects.requireNonNull(response.getResponseBody()), StandardCharsets.UTF_8);
	}

}
