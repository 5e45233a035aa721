package dev.agora.product.view;

import java.util.Map;
import java.util.Objects;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Counts the responses that show a whole product. A 304 is not counted: a client or a
 * cache only checks the copy that it has.
 */
public final class ViewFilter implements WebFilter {

	private static final String PATTERN = "/products/{id}";

	private final ViewCounter views;

	public ViewFilter(ViewCounter views) {
		this.views = views;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Mono<Void> handled = chain.filter(exchange);
		return HttpMethod.GET.equals(exchange.getRequest().getMethod())
				? handled.doOnSuccess((done) -> countIfShown(exchange)) : handled;
	}

	private void countIfShown(ServerWebExchange exchange) {
		HttpStatusCode status = exchange.getResponse().getStatusCode();
		if (HttpStatus.OK.equals(status)
				&& exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof PathPattern pattern
				&& PATTERN.equals(pattern.getPatternString())) {
			Map<String, String> variables = exchange
				.getRequiredAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
			this.views.count(Objects.requireNonNull(variables.get("id")));
		}
	}

}
