package dev.agora.console.access;

import java.util.Map;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Why a request is not served, as a problem by RFC 9457.
 *
 * @param status the status of the response
 * @param detail what is wrong and what to do
 */
public record Refusal(HttpStatus status, String detail) {

	Mono<Void> writeTo(ServerHttpResponse response) {
		response.setStatusCode(this.status);
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		byte[] body = JsonMapper.shared().writeValueAsBytes(body());
		response.getHeaders().setContentLength(body.length);
		return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
	}

	/**
	 * Returns the response of a handler.
	 * @return the response with this problem
	 */
	public Mono<ServerResponse> toResponse() {
		return ServerResponse.status(this.status).contentType(MediaType.APPLICATION_PROBLEM_JSON).bodyValue(body());
	}

	private Map<String, Object> body() {
		return Map.of("status", this.status.value(), "title", this.status.getReasonPhrase(), "detail", this.detail);
	}

}
