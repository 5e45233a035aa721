package dev.agora.graph.mutual;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

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
import dev.agora.platform.identity.IdentityVerifier;
import dev.agora.platform.problem.input.QueryParameters;
import dev.agora.platform.representation.AcceptedMedia;
import dev.agora.platform.representation.JsonResponse;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.PageRequest;

/**
 * Routes the reads that the sets and cards in memory may serve past the steps of an
 * annotated controller, which cost more than the read itself.
 * {@link MutualFriendController} serves all other reads.
 */
@Configuration(proxyBeanMethods = false)
public class CachedMutualFriendRoute {

	@Bean
	static RouterFunction<ServerResponse> cachedMutualFriends(MutualFriends friends, IdentityVerifier verifier) {
		return RouterFunctions.route(
				RequestPredicates.path("/graph/members/{id}/mutual-friends")
					.and(CachedMutualFriendRoute::isServedFromMemory),
				(request) -> verifier.verify(Objects.requireNonNull(identity(request)))
					.flatMap((caller) -> friends.listJson(caller.id(), request.pathVariable("id"), page(request)))
					.map(JsonResponse::new));
	}

	private static boolean isServedFromMemory(ServerRequest request) {
		HttpHeaders headers = request.headers().asHttpHeaders();
		return request.method().equals(HttpMethod.GET) && identity(request) != null && AcceptedMedia.isJson(headers)
				&& Consistency.parse(headers.getFirst(Consistency.HEADER)) != Consistency.STRONG
				&& IdGenerator.isId(request.pathVariable("id"));
	}

	private static @Nullable String identity(ServerRequest request) {
		return request.headers().firstHeader(Identity.HEADER);
	}

	private static PageRequest page(ServerRequest request) {
		return PageRequest.parse(QueryParameters.single(request.queryParams(), "limit"),
				QueryParameters.single(request.queryParams(), "cursor"));
	}

}
