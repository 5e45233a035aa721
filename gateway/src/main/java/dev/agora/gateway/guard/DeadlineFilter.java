package dev.agora.gateway.guard;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.FilterOrder;
import dev.agora.platform.problem.TimedOut;

/**
 * Gives an attempt at a clone what is left of the request's time, until its answer
 * begins. So all attempts together take no longer than the route's time-out, and the
 * choice among the clones still sees which of them was too slow.
 */
public final class DeadlineFilter implements GlobalFilter, Ordered {

	private final Deadlines deadlines;

	public DeadlineFilter(Deadlines deadlines) {
		this.deadlines = deadlines;
	}

	@Override
	public int getOrder() {
		return FilterOrder.DEADLINE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Duration left = this.deadlines.left(exchange);
		if (left == null) {
			return chain.filter(exchange);
		}
		if (left.isNegative() || left.isZero()) {
			// A problem, not a time-out of the clone, which was not asked.
			return Mono.error(new TimedOut("No time was left for another attempt."));
		}
		return hasBody(exchange.getRequest()) ? received(exchange, chain, left) : chain.filter(exchange).timeout(left);
	}

	private static Mono<Void> received(ServerWebExchange exchange, GatewayFilterChain chain, Duration left) {
		ReceivedBody body = new ReceivedBody(exchange.getRequest());
		return chain.filter(exchange.mutate().request(body).build())
			.timeout(left)
			.onErrorMap((failure) -> isLate(failure) && !body.isComplete(), (failure) -> new SlowRequest());
	}

	/**
	 * By this deadline, or by the routing filter's where the route has one of its own.
	 */
	private static boolean isLate(Throwable failure) {
		return failure instanceof TimeoutException || (failure instanceof ResponseStatusException answer
				&& answer.getStatusCode() == HttpStatus.GATEWAY_TIMEOUT);
	}

	private static boolean hasBody(ServerHttpRequest request) {
		return request.getHeaders().getContentLength() > 0
				|| request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING);
	}

}
