package dev.agora.gateway.docs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/** A file of the class path, read when it is first asked for. */
final class StaticFile implements WebHandler {

	private static final Set<HttpMethod> ALLOWED = new TreeSet<>(
			Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS));

	private static final String POLICY = "Content-Security-Policy";

	/**
	 * Scripts, styles and answers of this site alone, and pictures that stand in them.
	 */
	private static final String OWN_SITE = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private final MediaType type;

	private final String caching;

	private final Mono<Content> content;

	private StaticFile(String pattern, MediaType type, String caching) {
		this.type = type;
		this.caching = caching;
		// Never on an event loop: the file may be in a jar.
		this.content = Mono.fromCallable(() -> Content.read(pattern))
			.subscribeOn(Schedulers.boundedElastic())
			.cacheInvalidateIf((read) -> false);
	}

	/** A file that a client asks for again each time, and mostly gets a 304. */
	static StaticFile checked(String pattern, MediaType type) {
		return new StaticFile(pattern, type, "no-cache");
	}

	/** A file that a client keeps for a day. */
	static StaticFile kept(String pattern, MediaType type) {
		return new StaticFile(pattern, type, "public, max-age=86400");
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		HttpMethod method = exchange.getRequest().getMethod();
		if (HttpMethod.OPTIONS.equals(method)) {
			exchange.getResponse().getHeaders().setAllow(ALLOWED);
			return exchange.getResponse().setComplete();
		}
		if (!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method)) {
			return Mono.error(new MethodNotAllowedException(method, List.of(HttpMethod.GET)));
		}
		return this.content.flatMap((found) -> answer(exchange, found));
	}

	private Mono<Void> answer(ServerWebExchange exchange, Content found) {
		ServerHttpResponse response = exchange.getResponse();
		HttpHeaders headers = response.getHeaders();
		headers.setCacheControl(this.caching);
		// On a 304 as well: a browser puts its headers in place of those that it kept.
		if (MediaType.TEXT_HTML.equalsTypeAndSubtype(this.type)) {
			headers.set(POLICY, OWN_SITE);
		}
		if (exchange.checkNotModified(found.etag())) {
			return response.setComplete();
		}
		headers.setContentType(this.type);
		headers.setContentLength(found.bytes().remaining());
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(found.bytes().duplicate())));
	}

	/**
	 * What is in a file.
	 *
	 * @param bytes all of it
	 * @param etag changes with it
	 */
	private record Content(ByteBuffer bytes, String etag) {

		/** The pattern spares the version that stands in a library's path. */
		static Content read(String pattern) throws IOException, NoSuchAlgorithmException {
			Resource[] found = new PathMatchingResourcePatternResolver()
				.getResources(ResourcePatternResolver.CLASSPATH_ALL_URL_PREFIX + pattern);
			if (found.length != 1) {
				throw new IllegalStateException(found.length + " files are " + pattern);
			}
			byte[] bytes = found[0].getContentAsByteArray();
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
			return new Content(ByteBuffer.wrap(bytes), "\"" + HexFormat.of().formatHex(digest, 0, 16) + "\"");
		}

	}

}
