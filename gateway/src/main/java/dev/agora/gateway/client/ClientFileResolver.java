package dev.agora.gateway.client;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.resource.ResourceResolver;
import org.springframework.web.reactive.resource.ResourceResolverChain;
import org.springframework.web.server.ServerWebExchange;

/** Resolves every path to one file, in the form that the client accepts. */
record ClientFileResolver(FileForms file) implements ResourceResolver {

	@Override
	public Mono<Resource> resolveResource(@Nullable ServerWebExchange exchange, String requestPath,
			List<? extends Resource> locations, ResourceResolverChain chain) {
		HttpHeaders request = (exchange != null) ? exchange.getRequest().getHeaders() : HttpHeaders.EMPTY;
		return Mono.just(this.file.choose(request));
	}

	@Override
	public Mono<String> resolveUrlPath(String resourcePath, List<? extends Resource> locations,
			ResourceResolverChain chain) {
		return Mono.empty();
	}

}
