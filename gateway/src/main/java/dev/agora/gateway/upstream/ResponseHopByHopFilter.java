package dev.agora.gateway.upstream;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.FilterOrder;

/** Removes the headers of the service's connection from its response. */
public final class ResponseHopByHopFilter implements HttpHeadersFilter, Ordered {

	@Override
	public int getOrder() {
		return FilterOrder.RESPONSE_HEADERS;
	}

	@Override
	public boolean supports(Type type) {
		return type == Type.RESPONSE;
	}

	/** Changes the headers in place: the routing filter has just copied them. */
	@Override
	public HttpHeaders filter(HttpHeaders received, ServerWebExchange exchange) {
		HopByHopHeaders.listedBy(received).forEach(received::remove);
		HopByHopHeaders.NAMES.forEach(received::remove);
		return received;
	}

}
