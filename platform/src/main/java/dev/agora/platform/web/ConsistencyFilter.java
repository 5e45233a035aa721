package dev.agora.platform.web;

import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer.PathSegment;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.agora.platform.consistency.ConsistencyToken;
import dev.agora.platform.consistency.CopyAge;
import dev.agora.platform.consistency.SessionReads;
import dev.agora.platform.consistency.TokenCodec;
import dev.agora.platform.consistency.TokenHeaders;
import dev.agora.platform.consistency.WrittenVersions;
import dev.agora.platform.identity.ClientAddress;
import dev.agora.platform.identity.Identity;

/**
 * Lets a read wait until this service has applied the writes of its token, adds the age
 * of copies to a read that accepts any, and a token to the response of a write. Refuses
 * every request whose {@code Consistency} or token is malformed.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class ConsistencyFilter implements WebFilter {

	private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	private final SessionReads reads;

	private final Clock clock;

	ConsistencyFilter(SessionReads reads, Clock clock) {
		this.reads = reads;
		this.clock = clock;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpHeaders request = exchange.getRequest().getHeaders();
		Consistency level = Consistency.parse(request.getFirst(Consistency.HEADER));
		ConsistencyToken token = TokenHeaders.find(request);
		if (!READS.contains(exchange.getRequest().getMethod())) {
			return write(exchange, chain, token);
		}
		if (level == Consistency.EVENTUAL) {
			return readCopies(exchange, chain);
		}
		return (token == null) ? chain.filter(exchange) : read(exchange, chain, level, token);
	}

	private Mono<Void> readCopies(ServerWebExchange exchange, WebFilterChain chain) {
		CopyAge age = new CopyAge();
		ServerHttpResponse response = exchange.getResponse();
		response.beforeCommit(() -> Mono.fromRunnable(() -> age.addTo(response.getHeaders(), this.clock)));
		return chain.filter(exchange).contextWrite(age::putInto);
	}

	/** Lets the store serve the read while the copies lack a write of the token. */
	private Mono<Void> read(ServerWebExchange exchange, WebFilterChain chain, Consistency level,
			ConsistencyToken token) {
		return this.reads.awaitApplied(callerOf(exchange.getRequest().getHeaders()), pathOf(exchange), token)
			.doOnNext((copies) -> (copies ? level : Consistency.STRONG).putInto(exchange))
			.flatMap((copies) -> chain.filter(exchange));
	}

	/** The path as the routes of controllers match it, without percent-encoding. */
	private static String pathOf(ServerWebExchange exchange) {
		return exchange.getRequest()
			.getPath()
			.pathWithinApplication()
			.elements()
			.stream()
			.map((element) -> (element instanceof PathSegment segment) ? segment.valueToMatch() : element.value())
			.collect(Collectors.joining());
	}

	/** Returns the identity of a member, or the network of an anonymous client. */
	private static String callerOf(HttpHeaders request) {
		String identity = request.getFirst(Identity.HEADER);
		return (identity != null) ? identity
				: ClientAddress.parse(request.getFirst(ClientAddress.HEADER)).map(ClientAddress::network).orElse("");
	}

	private Mono<Void> write(ServerWebExchange exchange, WebFilterChain chain, @Nullable ConsistencyToken token) {
		WrittenVersions written = new WrittenVersions();
		ConsistencyToken before = Objects.requireNonNullElse(token, ConsistencyToken.NONE);
		ServerHttpResponse response = exchange.getResponse();
		response.beforeCommit(() -> Mono.fromRunnable(() -> addToken(response, before, written)));
		return chain.filter(exchange).contextWrite(written::putInto);
	}

	private static void addToken(ServerHttpResponse response, ConsistencyToken before, WrittenVersions written) {
		if (!written.isEmpty()) {
			response.getHeaders().set(ConsistencyToken.HEADER, TokenCodec.encode(written.addTo(before)));
		}
	}

}
