package dev.agora.platform.web;

import reactor.core.publisher.Mono;

import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/** Resolves the parameters {@code Consistency} and {@code PageRequest} of handlers. */
final class RequestArgumentResolver implements HandlerMethodArgumentResolver {

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == Consistency.class || parameter.getParameterType() == PageRequest.class;
	}

	@Override
	public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
		if (parameter.getParameterType() == Consistency.class) {
			return Mono.fromSupplier(() -> Consistency.of(exchange));
		}
		return Mono.fromSupplier(() -> PageRequest.of(exchange.getRequest()));
	}

}
