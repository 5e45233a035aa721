package dev.agora.platform.identity;

import java.util.Optional;

import reactor.core.publisher.Mono;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.platform.problem.Unauthenticated;

/**
 * Resolves the parameters {@code Caller} (401 without a session) and
 * {@code Optional<Caller>} of handlers. An invalid identity is refused for both.
 */
public final class CallerResolver implements HandlerMethodArgumentResolver {

	private final IdentityVerifier verifier;

	public CallerResolver(IdentityVerifier verifier) {
		this.verifier = verifier;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == Caller.class || isOptional(parameter);
	}

	@Override
	public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
		String identity = exchange.getRequest().getHeaders().getFirst(Identity.HEADER);
		boolean optional = isOptional(parameter);
		if (identity == null) {
			return optional ? Mono.just(Optional.empty())
					: Mono.error(new Unauthenticated("This request needs a session: log in and send its token."));
		}
		return this.verifier.verify(identity).map((caller) -> {
			exchange.getAttributes().put(Identity.MEMBER, caller.id());
			return optional ? Optional.of(caller) : caller;
		});
	}

	private static boolean isOptional(MethodParameter parameter) {
		return parameter.getParameterType() == Optional.class
				&& ResolvableType.forMethodParameter(parameter).getGeneric(0).resolve() == Caller.class;
	}

}
