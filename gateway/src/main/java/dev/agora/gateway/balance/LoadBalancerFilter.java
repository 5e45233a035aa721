package dev.agora.gateway.balance;

import java.net.URI;
import java.util.Set;
import java.util.function.Function;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpStatusClass;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.FilterOrder;
import dev.agora.gateway.StreamedBody;
import dev.agora.gateway.resilience.Deadlines;
import dev.agora.gateway.tracing.UpstreamSpan;

/**
 * Sends a request that is routed to {@code lb://<service>} to one of the service's
 * instances. The load balancer measures a request until the head of the response has
 * arrived, since the rest depends on the client.
 */
public final class LoadBalancerFilter implements GlobalFilter, Ordered {

	/** The prefix of the API; the paths of the services do not have it. */
	public static final String PREFIX = "/api/v1";

	/** The exchange attribute with the instance that the request was sent to last. */
	public static final String INSTANCE = "agora.instance";

	/** A route with the metadata {@code prefix: none} has the paths of its service. */
	private static final String METADATA = "prefix";

	/** RFC 9110, 9.2.2: a proxy may repeat requests with these methods. */
	private static final Set<HttpMethod> IDEMPOTENT_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD,
			HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

	private final LoadBalancer balancer;

	private final Deadlines deadlines;

	public LoadBalancerFilter(LoadBalancer balancer, Deadlines deadlines) {
		this.balancer = balancer;
		this.deadlines = deadlines;
	}

	@Override
	public int getOrder() {
		return FilterOrder.LOAD_BALANCER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		String target = upstreamPath(exchange.getRequest().getURI(), prefixOf(route));
		Function<Instance, Mono<Void>> attempt = (instance) -> send(instance, target, exchange, chain);
		String service = route.getUri().getHost();
		if (StreamedBody.isOn(exchange)) {
			return this.balancer.callStreamed(service, attempt);
		}
		RetryOn retryOn = retryOn(exchange.getRequest());
		return isForStream(exchange) ? this.balancer.callForStream(service, retryOn, attempt)
				: this.balancer.call(service, retryOn, attempt);
	}

	private Mono<Void> send(Instance instance, String target, ServerWebExchange exchange, GatewayFilterChain chain) {
		exchange.getAttributes()
			.put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, URI.create(instance.address() + target));
		exchange.getAttributes().remove(ServerWebExchangeUtils.GATEWAY_ALREADY_ROUTED_ATTR);
		exchange.getAttributes().put(INSTANCE, instance);
		return UpstreamSpan.around(exchange, instance.address(), chain.filter(exchange))
			.doOnSuccess((done) -> recordOutcome(instance, exchange));
	}

	private boolean isForStream(ServerWebExchange exchange) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		return !this.deadlines.hasDeadline(route.getId());
	}

	/**
	 * The prefix that the public paths of a route have, and those of its service do not.
	 */
	public static String prefixOf(Route route) {
		return "none".equals(route.getMetadata().get(METADATA)) ? "" : PREFIX;
	}

	/**
	 * A request with a body is not repeated: it may have taken effect, and its
	 * {@code If-Match} would then reject the repetition.
	 */
	private static RetryOn retryOn(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		boolean empty = headers.getContentLength() <= 0 && headers.getFirst(HttpHeaders.TRANSFER_ENCODING) == null;
		return (empty && IDEMPOTENT_METHODS.contains(request.getMethod())) ? RetryOn.CONNECTION_LOSS : RetryOn.NEVER;
	}

	/**
	 * The path without the two segments of the prefix, which the route has matched in any
	 * encoding.
	 */
	private static String upstreamPath(URI sent, String prefix) {
		String path = sent.getRawPath();
		String rest = prefix.isEmpty() ? path : path.substring(path.indexOf('/', path.indexOf('/', 1) + 1));
		@Nullable String query = sent.getRawQuery();
		return (query != null) ? rest + "?" + query : rest;
	}

	private void recordOutcome(Instance instance, ServerWebExchange exchange) {
		HttpClientResponse response = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR);
		if (response == null) {
			return;
		}
		// An instance that has enough streams is as quick as before for all other
		// requests.
		if (response.status().code() >= 500 && !isForStream(exchange)) {
			instance.recordErrorResponse();
		}
		// After a client error, a service may close a connection without draining.
		boolean refused = response.status().codeClass() == HttpStatusClass.CLIENT_ERROR;
		if (!refused && "close".equalsIgnoreCase(response.responseHeaders().get(HttpHeaderNames.CONNECTION))) {
			instance.drain();
		}
	}

}
