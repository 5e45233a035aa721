package dev.agora.console.access;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Serves only requests that name the console as their host, come from its own page or
 * from no page, and, for all but the page and spans, have the token. The host is checked
 * against pages whose name was rebound to this address.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class AccessFilter implements WebFilter {

	static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
			+ "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
			+ "require-trusted-types-for 'script'; trusted-types lit-html";

	/**
	 * The paths are compared as the router compares them, so that no spelling of a path
	 * reaches a handler without its checks. A path that none of these patterns matches
	 * needs the token.
	 */
	private static final PathPattern PAGE = pattern("/");

	private static final PathPattern FILES = pattern("/files/**");

	private static final PathPattern SPANS = pattern("/v1/traces");

	/** Probes of Kubernetes name the address of the pod. */
	private static final PathPattern HEALTH = pattern("/actuator/health/**");

	private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

	private static final String BEARER = "Bearer ";

	private final AccessSettings settings;

	/**
	 * Creates the filter.
	 * @param settings the token and the hosts
	 */
	public AccessFilter(AccessSettings settings) {
		this.settings = settings;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		addHeaders(exchange);
		Optional<Refusal> refusal = refuse(exchange.getRequest());
		return refusal.isPresent() ? refusal.get().writeTo(exchange.getResponse()) : chain.filter(exchange);
	}

	private static void addHeaders(ServerWebExchange exchange) {
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.set("Content-Security-Policy", POLICY);
		headers.set("Cross-Origin-Opener-Policy", "same-origin");
		headers.set("Cross-Origin-Resource-Policy", "same-origin");
		headers.set("Referrer-Policy", "no-referrer");
		headers.set("X-Content-Type-Options", "nosniff");
		if (!FILES.matches(path(exchange.getRequest()))) {
			headers.setCacheControl("no-store");
		}
	}

	private Optional<Refusal> refuse(ServerHttpRequest request) {
		PathContainer path = path(request);
		if (HEALTH.matches(path)) {
			return Optional.empty();
		}
		if (!isOwnHost(request)) {
			return Optional.of(new Refusal(HttpStatus.MISDIRECTED_REQUEST,
					"The console is not reached by this host name. Use the address that was printed."));
		}
		boolean page = PAGE.matches(path) || FILES.matches(path);
		if (isForeign(request) || (!page && !isFromOwnSite(request))) {
			return Optional.of(new Refusal(HttpStatus.FORBIDDEN, "Pages of other sites may not use the console."));
		}
		if (!page && !SPANS.matches(path) && !isAuthorized(request)) {
			return Optional.of(new Refusal(HttpStatus.UNAUTHORIZED,
					"The token is missing or of an earlier run. Open the address that ./agora status prints."));
		}
		return Optional.empty();
	}

	private static PathPattern pattern(String text) {
		return PathPatternParser.defaultInstance.parse(text);
	}

	private static PathContainer path(ServerHttpRequest request) {
		return request.getPath().pathWithinApplication();
	}

	private boolean isOwnHost(ServerHttpRequest request) {
		InetSocketAddress host = host(request);
		return host != null && this.settings.hosts().contains(host.getHostString().toLowerCase(Locale.ROOT));
	}

	private static @Nullable InetSocketAddress host(ServerHttpRequest request) {
		try {
			return request.getHeaders().getHost();
		}
		catch (IllegalArgumentException ex) {
			// The header has a port that is no port.
			return null;
		}
	}

	/** Whether a page of another origin has sent the request. */
	private static boolean isForeign(ServerHttpRequest request) {
		String origin = request.getHeaders().getOrigin();
		return origin != null && !origin.equals(ownOrigin(request));
	}

	private static String ownOrigin(ServerHttpRequest request) {
		URI uri = request.getURI();
		return uri.getScheme() + "://" + uri.getRawAuthority();
	}

	/**
	 * Browsers name the site of the page. A link from another page may open the console,
	 * not call it.
	 */
	private static boolean isFromOwnSite(ServerHttpRequest request) {
		String site = request.getHeaders().getFirst("Sec-Fetch-Site");
		return site == null || OWN_SITES.contains(site);
	}

	private boolean isAuthorized(ServerHttpRequest request) {
		if (this.settings.token().isEmpty()) {
			return true;
		}
		String sent = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		return sent != null && sent.startsWith(BEARER)
				&& MessageDigest.isEqual(bytes(sent.substring(BEARER.length())), bytes(this.settings.token()));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
