package dev.agora.gateway.client;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.resource.ResourceWebHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import dev.agora.gateway.files.FileExchange;
import dev.agora.gateway.files.WholeFileWriter;

/** Creates the handlers of the client's files. */
final class ClientHandlers {

	private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

	private static final PathPattern ANY = PathPatternParser.defaultInstance.parse("/**");

	/** A resolver knows its file, so that no path is needed. */
	private static final PathContainer FILE = PathContainer.parsePath("file");

	private static final Map<String, MediaType> MEDIA_TYPES = Map.of("html", HTML, "js",
			MediaType.parseMediaType("text/javascript;charset=UTF-8"), "css",
			MediaType.parseMediaType("text/css;charset=UTF-8"), "json", MediaType.APPLICATION_JSON, "svg",
			MediaType.parseMediaType("image/svg+xml"));

	/**
	 * The page runs the scripts of this site alone, and writes no text into the document
	 * as HTML. Pictures of products have the addresses that their sellers name.
	 */
	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
			+ "img-src 'self' data: http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
			+ "require-trusted-types-for 'script'; trusted-types lit-html";

	private static final Map<String, String> PAGE = Map.of(HttpHeaders.CACHE_CONTROL, "no-cache",
			"Content-Security-Policy", POLICY, "Cross-Origin-Opener-Policy", "same-origin", "Permissions-Policy",
			"camera=(), geolocation=(), microphone=()");

	private static final Map<String, String> REVALIDATED = Map.of(HttpHeaders.CACHE_CONTROL, "no-cache");

	private static final Map<String, String> CACHED_FOR_EVER = Map.of(HttpHeaders.CACHE_CONTROL,
			"public, max-age=31536000, immutable");

	private final ClientFiles files;

	private final ClientSettings settings;

	ClientHandlers(ClientFiles files, ClientSettings settings) {
		this.files = files;
		this.settings = settings;
	}

	WebHandler index() {
		return handler(this.files.index(), PAGE);
	}

	WebHandler asset(String path) {
		return handler(Objects.requireNonNull(this.files.find(path)), CACHED_FOR_EVER);
	}

	/** The settings that the client reads, as JSON. */
	WebHandler settings() {
		byte[] json = JsonMapper.shared().writeValueAsBytes(Map.of("console", this.settings.console()));
		return handler(FileForms.plain("client.json", json), REVALIDATED);
	}

	/** The client says itself that there is no such page; caches do not store that. */
	WebHandler unknownPage() {
		return this::sendUnknownPage;
	}

	private Mono<Void> sendUnknownPage(ServerWebExchange exchange) {
		ClientFile page = this.files.index().choose(exchange.getRequest().getHeaders());
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatus.NOT_FOUND);
		HttpHeaders headers = response.getHeaders();
		headers.setAll(PAGE);
		headers.setCacheControl("no-store");
		headers.setContentType(HTML);
		headers.addAll(page.getResponseHeaders());
		headers.setContentLength(page.contentLength());
		return HttpMethod.HEAD.equals(exchange.getRequest().getMethod()) ? response.setComplete()
				: response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(page.getByteArray())));
	}

	private static WebHandler handler(FileForms file, Map<String, String> headers) {
		ResourceWebHandler handler = new ResourceWebHandler();
		handler.setResourceResolvers(List.of(new ClientFileResolver(file)));
		handler.setEtagGenerator(ClientFile::etag);
		handler.setUseLastModified(false);
		handler.setMediaTypes(MEDIA_TYPES);
		handler.setResourceHttpMessageWriter(new WholeFileWriter());
		initialize(handler);
		return (exchange) -> handler.handle(withPath(new FileExchange(exchange, headers)));
	}

	/** A failure, of any kind by its signature, ends the start of the gateway. */
	private static void initialize(ResourceWebHandler handler) {
		try {
			handler.afterPropertiesSet();
		}
		catch (Exception ex) {
			throw new IllegalStateException("The files of the client cannot be served.", ex);
		}
	}

	/** Spring requires the attributes of a mapping by patterns. */
	private static ServerWebExchange withPath(ServerWebExchange exchange) {
		Map<String, Object> attributes = exchange.getAttributes();
		attributes.put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, ANY);
		attributes.put(HandlerMapping.PATH_WITHIN_HANDLER_MAPPING_ATTRIBUTE, FILE);
		return exchange;
	}

}
