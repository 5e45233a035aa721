package dev.agora.product.catalog;

import java.util.Optional;
import java.util.Set;

import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.representation.AcceptedMedia;
import dev.agora.platform.representation.RepresentationResponse;
import dev.agora.platform.web.Consistency;

/**
 * Routes the reads that the cache may serve past the steps of an annotated controller,
 * which cost more than the read itself. {@link ProductController#show} serves all other
 * reads.
 */
@Configuration(proxyBeanMethods = false)
public class CachedProductRoute {

	private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

	@Bean
	static RouterFunction<ServerResponse> cachedProducts(ProductCache cache) {
		return RouterFunctions.route(
				RequestPredicates.path("/products/{id}").and(CachedProductRoute::isServedFromCache),
				(request) -> show(request.pathVariable("id"), cache));
	}

	private static boolean isServedFromCache(ServerRequest request) {
		HttpHeaders headers = request.headers().asHttpHeaders();
		boolean read = READS.contains(request.method());
		return read && IdGenerator.isId(request.pathVariable("id")) && headers.getFirst(Identity.HEADER) == null
				&& AcceptedMedia.isJson(headers) && Consistency.of(request.exchange()).allowsCopy(Optional.empty());
	}

	private static Mono<ServerResponse> show(String id, ProductCache cache) {
		return cache.find(id)
			.switchIfEmpty(Mono.error(() -> NotFound.of("product", id)))
			.map(RepresentationResponse::json);
	}

}
