package dev.agora.platform.web;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Refuses a write whose method the most specific path does not have. Otherwise
 * {@code PUT /products/jobs} would address the product with the id "jobs".
 */
final class SpecificPathMapping extends RequestMappingHandlerMapping {

	/** Reads are not checked: they are many, and no object has such an id. */
	private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	@Override
	protected @Nullable HandlerMethod lookupHandlerMethod(ServerWebExchange exchange) throws Exception {
		HandlerMethod handler = super.lookupHandlerMethod(exchange);
		if (handler == null || READS.contains(exchange.getRequest().getMethod())) {
			return handler;
		}
		PathPattern chosen = exchange.getRequiredAttribute(BEST_MATCHING_PATTERN_ATTRIBUTE);
		Optional<PathPattern> best = mostSpecific(getHandlerMethods().keySet(), path(exchange));
		return best.filter((pattern) -> !pattern.equals(chosen)).isEmpty() ? handler
				: handleNoMatch(getHandlerMethods().keySet(), exchange);
	}

	/** Names only the methods of the most specific path. */
	@Override
	protected @Nullable HandlerMethod handleNoMatch(Set<RequestMappingInfo> mappings, ServerWebExchange exchange)
			throws Exception {
		Optional<PathPattern> best = mostSpecific(mappings, path(exchange));
		return super.handleNoMatch(mappings.stream()
			.filter((mapping) -> best.isEmpty() || patterns(mapping).anyMatch(best.get()::equals))
			.collect(Collectors.toSet()), exchange);
	}

	private static Optional<PathPattern> mostSpecific(Collection<RequestMappingInfo> mappings, PathContainer path) {
		return mappings.stream()
			.flatMap(SpecificPathMapping::patterns)
			.filter((pattern) -> pattern.matches(path))
			.min(PathPattern.SPECIFICITY_COMPARATOR);
	}

	private static Stream<PathPattern> patterns(RequestMappingInfo mapping) {
		return mapping.getPatternsCondition().getPatterns().stream();
	}

	private static PathContainer path(ServerWebExchange exchange) {
		return exchange.getRequest().getPath().pathWithinApplication();
	}

}
