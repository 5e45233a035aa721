package dev.agora.platform.web.conditional;

import java.util.List;
import java.util.Optional;

import reactor.core.publisher.Mono;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.platform.problem.PreconditionFailed;

/**
 * Resolves the parameters {@code IfMatch} (428 if the header is missing) and
 * {@code Optional<IfMatch>} of handlers.
 */
public final class IfMatchResolver implements HandlerMethodArgumentResolver {

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == IfMatch.class || isOptional(parameter);
	}

	@Override
	public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
		List<String> headers = exchange.getRequest().getHeaders().getOrEmpty(IfMatch.HEADER);
		return Mono.fromSupplier(() -> {
			Optional<IfMatch> sent = IfMatch.parse(headers.isEmpty() ? null : String.join(", ", headers));
			return isOptional(parameter) ? sent : sent.orElseThrow(() -> PreconditionFailed.required(IfMatch.HEADER));
		});
	}

	private static boolean isOptional(MethodParameter parameter) {
		return parameter.getParameterType() == Optional.class
				&& ResolvableType.forMethodParameter(parameter).getGeneric(0).resolve() == IfMatch.class;
	}

}
