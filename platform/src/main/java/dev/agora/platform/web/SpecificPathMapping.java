package dev.agora.platform.web;

import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Refuses a write whose method the most specific path does not have. Otherwise
 * {@code PUT /products/jobs} would change the product with the id "jobs".
 */
final class SpecificPathMapping extends RequestMappingHandlerMapping {

	/** Reads are not checked: they are many, and find no object with such an id. */
	private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	@Override
	protected @Nullable HandlerMethod lookupHandlerMethod(ServerWebExchange exchange) throws Exception {
		HandlerMethod handler = super.lookupHandlerMethod(exchange);
		if (handler != null && !READS.contains(exchange.getRequest().getMethod())) {
			requireMostSpecificPath(exchange);
		}
		return handler;
	}

	private void requireMostSpecificPath(ServerWebExchange exchange) {
		PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
		PathPattern chosen = exchange.getRequiredAttribute(BEST_MATCHING_PATTERN_ATTRIBUTE);
		Set<HttpMethod> allowed = getHandlerMethods().keySet()
			.stream()
			.filter((mapping) -> isMoreSpecific(mapping, path, chosen))
			.flatMap((mapping) -> mapping.getMethodsCondition().getMethods().stream())
			.map(RequestMethod::asHttpMethod)
			.collect(Collectors.toSet());
		if (!allowed.isEmpty()) {
			throw new MethodNotAllowedException(exchange.getRequest().getMethod(), allowed);
		}
	}

	private static boolean isMoreSpecific(RequestMappingInfo mapping, PathContainer path, PathPattern chosen) {
		return mapping.getPatternsCondition()
			.getPatterns()
			.stream()
			.anyMatch((pattern) -> pattern.compareTo(chosen) < 0 && pattern.matches(path));
	}

}
