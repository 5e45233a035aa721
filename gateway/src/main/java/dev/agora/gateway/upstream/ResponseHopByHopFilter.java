package dev.agora.gateway.upstream;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Removes what concerns the service's connection alone from the headers of its response.
 */
public final class ResponseHopByHopFilter implements HttpHeadersFilter {

	@Override
	public boolean supports(Type type) {
		return type == Type.RESPONSE;
	}

	/** Changes the headers in place: the routing filter has just copied them. */
	@Override
	public HttpHeaders filter(HttpHeaders received, ServerWebExchange exchange) {
		HopByHop.listedBy(received).forEach(received::remove);
		HopByHop.NAMES.forEach(received::remove);
		return received;
	}

}
